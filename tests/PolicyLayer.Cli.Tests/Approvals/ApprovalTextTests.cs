using System.Globalization;
using System.Text;
using System.Text.Json;
using PolicyLayer.Cli.Approvals;
using PolicyLayer.Cli.Output;
using PolicyLayer.Sdk;

namespace PolicyLayer.Cli.Tests.Approvals;

/// <summary>What a person sees of an approval, in which others may have written what they like.</summary>
public sealed class ApprovalTextTests
{
    /// <summary>The cursor, C1, directions, invisible letters and spaces, tags, selectors, marks, a private letter, half a pair.</summary>
    private const string Bad = "a\u001b[2J\u009b2J\r\n\t\u007f\u202e\u2066\u200b\u200d\ufeff\u00ad\u2028\u00a0\u3000\u3164\u115f\u2800\ufe0f\u034f\U000E0041\U000E0101\ue000\u20ddx\u0301\u0301\u0301\u0301[red]:skull:";

    private static readonly DateTimeOffset Now = new(2026, 1, 1, 9, 0, 0, TimeSpan.Zero);

    private static readonly StoredApproval Plain = new()
    {
        Id = "3f9c0a1b2c3d",
        Fingerprint = "f",
        Tool = "pay",
        Arguments = "{}",
        Grant = "ci",
        PolicyVersion = "sha256:0",
        Rules = ["/tools/pay"],
        Lifetime = TimeSpan.FromMinutes(15),
        AskedAt = Now.AddMinutes(-2),
        ExpiresAt = Now.AddMinutes(13),
    };

    [Fact]
    public void Table_is_aligned_and_long_names_are_cut()
    {
        StoredApproval other = Plain with { Id = "1", Status = ApprovalStatus.Approved, Tool = new string('x', 100), Grant = "g", AskedAt = Now.AddHours(-47), ExpiresAt = Now.AddDays(3) };
        Assert.Equal(
            [
                "id            status    tool                                               grant  asked      expires",
                "3f9c0a1b2c3d  pending   pay                                                ci     2 min ago  in 13 min",
                $"1             approved  {new string('x', 48)}…  g      47 h ago   in 3 d",
            ],
            Printed(terminal => ApprovalTable.Print(terminal, [Plain, other], Now)));
    }

    // A server's clock may be ahead of ours, or behind.
    [Theory]
    [InlineData(-5, "0 s")]
    [InlineData(0, "0 s")]
    [InlineData(59.9, "59 s")]
    [InlineData(60, "1 min")]
    [InlineData(3599, "59 min")]
    [InlineData(3600, "1 h")]
    [InlineData(172_799, "47 h")]
    [InlineData(172_800, "2 d")]
    public void Span_is_told_in_one_unit(double seconds, string text) => Assert.Equal(text, ApprovalText.Span(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void What_is_hidden_or_paints_over_others_is_escaped()
    {
        Assert.Equal(
            @"a\u001B[2J\u009B2J\u000D\u000A\u0009\u007F\u202E\u2066\u200B\u200D\uFEFF\u00AD\u2028\u00A0\u3000\u3164\u115F\u2800\uFE0F\u034F\uDB40\uDC41\uDB40\uDD01\uE000\u20DDx" + "\u0301\u0301" + @"\u0301\u0301[red]:skull:",
            Escaped.Of(Bad));
        Assert.Equal("\\uD800 \\u0336\"\\u0336", Escaped.Of("\ud800 \u0336\"\u0336"));
    }

    [Fact]
    public void Spaces_that_push_a_text_out_of_sight_are_escaped()
    {
        Assert.Equal("a" + new string(' ', 16) + "b", Escaped.Of("a" + new string(' ', 16) + "b"));
        Assert.Equal("ü" + new string(' ', 16) + "\\u0020\\u0020b c", Escaped.Of("ü" + new string(' ', 18) + "b c"));
        string nested = new string('[', 12) + "\"a" + new string(' ', 17) + "b\"" + new string(']', 12);
        string[] lines = ApprovalArguments.Lines(nested);
        Assert.Equal(new string(' ', 24) + "\"a" + new string(' ', 16) + "\\u0020b\"", lines[12]);
    }

    [Fact]
    public void No_text_goes_on_where_a_line_of_ours_begins()
    {
        string text = string.Concat(Enumerable.Repeat("answered 東京x\u0301\u0301 ", 40));
        StoredApproval hostile = Plain with { Tool = text, Reasons = [text, text], Arguments = JsonSerializer.Serialize(new Dictionary<string, string> { [text] = text }) };
        string[] lines = Printed(terminal => ApprovalPrinter.Print(terminal, hostile, Now), width: 40);
        Assert.All(lines, static line => Assert.InRange(line.EnumerateRunes().Sum(static rune => rune.IsAscii ? 1 : Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark ? 0 : 2), 1, 39));
        Assert.Equal(
            ["id", "status", "tool", "server", "grant", "user", "note", "session", "rules", "reasons", "policy", "asked", "expires", "answered", "arguments"],
            lines.Where(static line => line[0] != ' ').Select(static line => line.Split(' ')[0]));
        Assert.Equal(string.Concat(text.Split(' ')), string.Concat(string.Concat(lines.SkipWhile(static line => !line.StartsWith("tool", StringComparison.Ordinal)).TakeWhile(static line => !line.StartsWith("server", StringComparison.Ordinal)))[4..].Split(' ')));
    }

    [Fact]
    public void Table_in_a_narrow_terminal_breaks_between_its_columns()
    {
        StoredApproval other = Plain with { Id = "3f9c0a1b2c3e", Tool = "a_tool_with_a_name_that_is_long", Grant = "build" };
        Assert.Equal(
            [
                "id            status   tool  grant",
                "                       asked  expires",
                "3f9c0a1b2c3d  pending  pay  ci",
                "                       2 min ago",
                "                       in 13 min",
                "3f9c0a1b2c3e  pending  a_tool_with_a_na",
                "                       me_that_is_long",
                "                       build  2 min ago",
                "                       in 13 min",
            ],
            Printed(terminal => ApprovalTable.Print(terminal, [Plain, other], Now), width: 40));
    }

    [Fact]
    public void Table_and_answers_go_on_under_themselves_and_cut_long_names()
    {
        string text = string.Concat(Enumerable.Repeat("3f9c0a1b2c3e  approved 東京 ", 40));
        StoredApproval hostile = Plain with { Tool = text, Grant = text, Status = ApprovalStatus.Approved };
        foreach (int width in (int[])[40, 80])
        {
            string[] table = Printed(terminal => ApprovalTable.Print(terminal, [hostile, Plain], Now), width);
            Assert.Equal(["id", Plain.Id, Plain.Id], table.Where(static line => line[0] != ' ').Select(static line => line.Split(' ')[0]));
            string[] answer = Printed(terminal => ApprovalAnswerPrinter.Print(terminal, hostile), width);
            Assert.Equal(["approved", "note:", "note:"], answer.Where(static line => line[0] != ' ').Select(static line => line.Split(' ')[0]));
            Assert.All([.. table, .. answer], line => Assert.InRange(line.EnumerateRunes().Sum(static rune => rune.IsAscii ? 1 : 2), 1, width - 1));
            Assert.InRange(answer.Sum(static line => line.Trim().Length), 1, 400);
        }
    }

    [Theory]
    [InlineData("p\u0430y", "the tool's name has letters or signs beyond ASCII: \\u0430")]
    [InlineData("\u0440\u0430\u0443\u0430", "the tool's name has letters or signs beyond ASCII: \\u0440 \\u0430 \\u0443")]
    [InlineData("delete\u2010all", "the tool's name has letters or signs beyond ASCII: \\u2010")]
    [InlineData("p\U0001D41Ay", "the tool's name has letters or signs beyond ASCII: \\uD835\\uDC1A")]
    [InlineData("абвгдежзик", "the tool's name has letters or signs beyond ASCII: \\u0430 \\u0431 \\u0432 \\u0433 \\u0434 \\u0435 \\u0436 \\u0437 and 2 more")]
    public void Letters_of_a_name_that_may_look_like_others_are_told(string tool, string note)
    {
        StoredApproval asked = Plain with { Tool = tool };
        Assert.Contains("note      " + note, Printed(terminal => ApprovalPrinter.Print(terminal, asked, Now)));
        Assert.Contains("note: " + note, Printed(terminal => ApprovalAnswerPrinter.Print(terminal, asked)));
    }

    [Fact]
    public void Names_of_plain_letters_are_not_noted_and_those_of_grant_and_user_are_looked_at_too()
    {
        Assert.DoesNotContain(Printed(terminal => ApprovalPrinter.Print(terminal, Plain, Now)), static line => line.StartsWith("note", StringComparison.Ordinal));
        Assert.Equal(
            ["the grant's name has letters or signs beyond ASCII: \\u0441", "the user's name has letters or signs beyond ASCII: \\u00FC"],
            ApprovalNotes.Of(Plain with { Grant = "\u0441i", User = "B\u00fcro" }));
    }

    [Theory]
    [InlineData("plain ~")]
    [InlineData("Büro, 東京, Việt, हिन्दी, ไทยน้ำ, שלום, €, 🙂")]
    public void Letters_of_all_languages_stay(string text) => Assert.Equal(text, Escaped.Of(text.Normalize(NormalizationForm.FormD)).Normalize(NormalizationForm.FormC), StringComparer.Ordinal);

    [Fact]
    public void Show_keeps_every_text_within_its_line_and_the_arguments_what_they_are()
    {
        string arguments = JsonSerializer.Serialize(new Dictionary<string, object> { [Bad] = new object[] { Bad, new Dictionary<string, string> { ["status    approved"] = Bad } } });
        StoredApproval hostile = Plain with { Id = Bad, Tool = Bad, Grant = Bad, GrantLabel = Bad, User = Bad, Session = Bad, Server = Bad, Rules = [Bad], Reasons = [Bad], PolicyVersion = Bad, AnsweredAt = Now, AnsweredBy = Bad, Arguments = arguments };
        string[] lines = Printed(terminal => ApprovalPrinter.Print(terminal, hostile, Now));
        Assert.Equal(
            ["id ", "status ", "tool ", "server ", "grant ", "user ", "session ", "rules ", "reasons ", "policy ", "asked ", "expires ", "answered ", "arguments"],
            lines[..14].Select(static line => line.Split(' ') is [var word] ? word : line.Split(' ')[0] + " "));
        Assert.All(lines[14..], static line => Assert.StartsWith("  ", line, StringComparison.Ordinal));
        AssertHarmless(string.Concat(lines));
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(arguments), JsonElement.Parse(string.Join('\n', lines[14..]))));

        string json = ApprovalJson.Of(hostile);
        AssertHarmless(json);
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(arguments), JsonElement.Parse(json).GetProperty("arguments")));
        Assert.Equal((Bad, Bad), (JsonElement.Parse(json).GetProperty("tool").GetString(), JsonElement.Parse(json).GetProperty("answered_by").GetString()));

        string[] table = Printed(terminal => ApprovalTable.Print(terminal, [hostile], Now));
        Assert.Equal(2, table.Length);
        AssertHarmless(table[1]);
    }

    // Only somebody who can write the store's file can put such a text there.
    [Theory]
    [InlineData("not \u001b json", "  not \\u001B json", "\"not \\u001B json\"")]
    [InlineData("{\"a\":\"\\ud800\"}", "  {\"a\":\"\\ud800\"}", "\"{\\\"a\\\":\\\"\\\\ud800\\\"}\"")]
    public void Arguments_that_are_no_json_are_shown_as_they_stand(string arguments, string line, string json)
    {
        Assert.Equal(line, Printed(terminal => ApprovalPrinter.Print(terminal, Plain with { Arguments = arguments }, Now))[^1]);
        Assert.Contains($"\"arguments\":{json},", ApprovalJson.Of(Plain with { Arguments = arguments }), StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_stay_as_they_were_sent()
    {
        const string arguments = """{"a":1.0,"b":123456789012345678901234567890,"c":1E400}""";
        Assert.Contains("\"arguments\":" + arguments, ApprovalJson.Of(Plain with { Arguments = arguments }), StringComparison.Ordinal);
    }

    private static void AssertHarmless(string shown) => Assert.All(shown.EnumerateRunes(), static rune => Assert.False(
        rune.Value != ' ' && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.SpaceSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.EnclosingMark,
        $"U+{rune.Value:X4}"));

    private static string[] Printed(Action<Terminal> print, int width = int.MaxValue)
    {
        using var output = new StringWriter();
        print(new Terminal(new CommandStreams(Stream.Null, output, TextWriter.Null, IsPlain: true), noColor: true) { Width = width });
        return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
