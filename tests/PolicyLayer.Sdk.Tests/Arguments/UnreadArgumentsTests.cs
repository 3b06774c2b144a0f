using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using PolicyLayer.Sdk.Arguments;
using PolicyLayer.Sdk.Compilation.Paths;

namespace PolicyLayer.Sdk.Tests.Arguments;

/// <summary>Arguments given as text are judged as if a strict parser had read them first.</summary>
public sealed class UnreadArgumentsTests
{
    private static readonly string[] Names = ["a", "b", "amount", "a:b", "größe", "a long name of more than one block of sixty-four bytes, as nobody writes it"];
    private static readonly string[] Values = ["1", "-2.5e3", "0", "10.50E+2", "true", "null", "false", "\"\"", "\"a\"", "\"a / b: {[,\"", "\"ü\"", "{}", "[1]", "\"\\n\"", "\"a long text that goes on and on beyond the end of a block of sixty-four bytes\""];
    private static readonly byte[] Inserted = "{}[]:,\"\\/ \n\t\u0001019.eE+-tfnul"u8.ToArray();

    [Fact]
    public void A_text_is_well_formed_exactly_when_a_strict_parser_takes_it_for_an_object()
    {
        int flat = 0;
        int refused = 0;
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            byte[] utf8 = Mutate(Encoding.UTF8.GetBytes(Write(random)), random);
            scoped MemberIndex index = default;
            index.Use(stackalloc IndexedMember[MemberIndex.Most]);
            bool accepted = WellFormedCall.Problem(new ToolCall(Grant.Default, "t", ToolArguments.FromUtf8(utf8)), ref index) is null;
            flat += index.IsEmpty ? 0 : 1;
            refused += accepted ? 0 : 1;
            return accepted == IsStrictObject(utf8) && (!accepted || FindsWhatTheParserFinds(utf8));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
        Assert.True(flat > 2000, "too few of the generated texts were flat objects");
        Assert.True(refused > 2000, "too few of the generated texts were refused");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("\"{}\"")]
    [InlineData("{")]
    [InlineData("{}}")]
    [InlineData("{}{}")]
    [InlineData("{,}")]
    [InlineData("{\"a\"}")]
    [InlineData("{\"a\":}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\":01}")]
    [InlineData("{\"a\":1.}")]
    [InlineData("{\"a\":.5}")]
    [InlineData("{\"a\":1e}")]
    [InlineData("{\"a\":+1}")]
    [InlineData("{\"a\":-}")]
    [InlineData("{\"a\":tru}")]
    [InlineData("{\"a\":True}")]
    [InlineData("{\"a\":NaN}")]
    [InlineData("{\"a\":1 2}")]
    [InlineData("{\"a\":\"x\" \"y\"}")]
    [InlineData("{\"a\":\"x\",\"b\" \"y\"}")]
    [InlineData("{\"a\" 1:2}")]
    [InlineData("{a:1}")]
    [InlineData("{'a':1}")]
    [InlineData("{\"a\":1,,\"b\":2}")]
    [InlineData("{\"a\":1 \"b\":2}")]
    [InlineData("{\"a\":\"x\ny\"}")]
    [InlineData("{\"a\":1}/**/")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("\uFEFF{\"a\":1}")]
    [InlineData("\u00A0{\"a\":1}")]
    [InlineData("{\"a\":\f1}")]
    public async Task AuthorizeAsync_denies_what_is_no_strict_object(string json)
    {
        ToolDecision decision = await JudgeAsync(Encoding.UTF8.GetBytes(json));

        Assert.Equal(DecisionReason.MalformedCall, decision.Reason);
        Assert.DoesNotContain("x", decision.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AuthorizeAsync_denies_text_that_is_not_UTF8()
    {
        byte[] utf8 = [.. "{\"a\":\""u8, 0xC3, .. "\"}"u8];

        ToolDecision decision = await JudgeAsync(utf8);

        Assert.Equal(DecisionReason.MalformedCall, decision.Reason);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData(" { } ")]
    [InlineData("\r\n\t{ \"a\" : 1 , \"b\" : \"x\" }\n")]
    [InlineData("{\"a\":1e5,\"b\":{\"c\":[1,2]}}")]
    public async Task AuthorizeAsync_takes_an_object_with_white_space_around_it(string json)
    {
        ToolDecision decision = await JudgeAsync(Encoding.UTF8.GetBytes(json));

        Assert.True(decision.IsAllowed, decision.Message);
    }

    /// <summary>One call may be judged by two threads at once, which race to parse it: half of what the other has read would be no arguments at all, and pass every <c>deny_if</c>.</summary>
    [Fact]
    public void Element_is_whole_in_threads_that_ask_at_once()
    {
        UnreadArguments[] texts = [.. Enumerable.Range(0, 300_000).Select(static _ => new UnreadArguments("{}"u8.ToArray()))];
        int at = 0;
        var first = new Thread(() =>
        {
            for (; at < texts.Length; Volatile.Write(ref at, at + 1))
            {
                _ = texts[at].Element;
            }
        });
        first.Start();
        int halves = 0;
        for (int i = 0; i < texts.Length; i = Volatile.Read(ref at))
        {
            halves += texts[i].Element.ValueKind == JsonValueKind.Object ? 0 : 1;
        }

        first.Join();
        Assert.Equal(0, halves);
    }

    private static ValueTask<ToolDecision> JudgeAsync(byte[] utf8) =>
        ToolGuard.Create(ToolPolicy.Parse("""{ "version": "1", "default": "allow" }""")).AuthorizeAsync(new ToolCall(Grant.Default, "t", ToolArguments.FromUtf8(utf8)), TestContext.Current.CancellationToken);

    private static bool IsStrictObject(byte[] utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return document.RootElement.ValueKind == JsonValueKind.Object && StrictJson.Problem(utf8, depth: 0) is null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool FindsWhatTheParserFinds(byte[] utf8)
    {
        using JsonDocument document = JsonDocument.Parse(utf8);
        var call = new ToolCall(Grant.Default, "t", ToolArguments.FromUtf8(utf8));
        DateTimeOffset moment = default;
        var view = new CallView(in call, TimeProvider.System, ref moment, stackalloc IndexedMember[MemberIndex.Most]);
        _ = view.Check();
        foreach (string name in Names)
        {
            var path = new ValuePath(name, PathRoot.Arguments, [new PathSegment(name, isEvery: false)]);
            bool found = path.TryResolve(view, out PathValue value);
            if (found != document.RootElement.TryGetProperty(name, out JsonElement expected) || (found && Encoding.UTF8.GetString(value.Utf8) != expected.GetRawText()))
            {
                return false;
            }
        }

        return true;
    }

    private static string Write(Random random)
    {
        string Gap() => random.Next(4) == 0 ? " \n\t"[..random.Next(4)] : string.Empty;
        var members = Enumerable.Range(0, random.Next(0, 6)).Select(_ => $"{Gap()}\"{Names[random.Next(Names.Length)]}\"{Gap()}:{Gap()}{Values[random.Next(random.Next(4) == 0 ? Values.Length : 11)]}{Gap()}");
        return $"{Gap()}{{{string.Join(',', members)}{Gap()}}}{Gap()}";
    }

    private static byte[] Mutate(byte[] utf8, Random random)
    {
        var bytes = new List<byte>(utf8);
        for (int edits = random.Next(3); edits > 0 && bytes.Count > 0; edits--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes.RemoveAt(at);
                    break;
                case 1:
                    bytes.Insert(at, Inserted[random.Next(Inserted.Length)]);
                    break;
                case 2:
                    bytes[at] = (byte)random.Next(256);
                    break;
                default:
                    bytes[at] = Inserted[random.Next(Inserted.Length)];
                    break;
            }
        }

        return [.. bytes];
    }
}
