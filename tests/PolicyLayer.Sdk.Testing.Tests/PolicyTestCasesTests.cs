using System.Text;

namespace PolicyLayer.Sdk.Testing.Tests;

/// <summary>Cases that cannot be used are an error that says where; never a test that passes.</summary>
public sealed class PolicyTestCasesTests
{
    private const string Good = """{"tool":"a","expect":{"decision":"deny"}}""";

    private static readonly ToolPolicy Policy = ToolPolicy.Parse("""{ "version": "1", "default": "deny" }""");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("\n \r\n")]
    [InlineData("""{"tool":"a"}""")]
    [InlineData("""{"tool":"a","expect":{}}""")]
    public async Task Cases_that_expect_nothing_fail(string lines) =>
        Assert.Equal("pay.jsonl: no line has an `expect` with a member, so nothing is tested; give lines one, such as \"expect\": {\"decision\": \"deny\"}", await ErrorOfAsync(PolicyTestCases.FromText(lines, "pay.jsonl")));

    [Theory]
    [InlineData("""{"tool":"a","arguments":{"b":s3cret}}""", "cases(2): not a line of JSON, or a key stands twice in it")]
    [InlineData("""{"tool":"a","arguments":{"b":"s3cret","b":"s3cret"}}""", "cases(2): not a line of JSON, or a key stands twice in it")]
    [InlineData("""{"tool":"a","arguments":{"b":"s3cret"},"argumnets":1}""", "cases(2): unknown member `argumnets`; known here: tool, arguments")]
    [InlineData("""{"tool":"a","expect":{"reason":"denied","reasn":"s3cret"}}""", "cases(2): unknown member `reasn` of `expect`; known here: decision, reason")]
    [InlineData("""{"tool":"a","expect":["s3cret"]}""", "cases(2): `expect` must be an object")]
    [InlineData("""{"tool":"a","arguments":{"\ud800":"s3cret"}}""", "cases(2): a key holds half of a surrogate pair")]
    [InlineData("""{"tool":"a","at":"2025-12-31T23:59:59Z"}""", "cases(2): `at` goes back behind the call before it")]
    [InlineData("""{"tool":"a","ends_at":"2025-12-31T23:59:59Z"}""", "cases(2): `ends_at` is before the call itself")]
    [InlineData("// a comment", "cases(2): not a line of JSON")]
    [InlineData("null", "cases(2): a call is an object")]
    public async Task Line_that_is_no_call_is_named(string line, string error)
    {
        string message = await ErrorOfAsync(PolicyTestCases.FromText(Good + "\n" + line + "\n" + Good));
        Assert.StartsWith(error, message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", message, StringComparison.Ordinal);
    }

    // A surrogate in an attribute would be replaced by the compiler.
    [Fact]
    public async Task Text_with_half_of_a_surrogate_pair_is_an_error() =>
        Assert.Equal("cases(1): the line is not UTF-8; save the calls as UTF-8", await ErrorOfAsync(PolicyTestCases.FromText(Good.Replace("a", "a\uD800", StringComparison.Ordinal))));

    [Fact]
    public async Task Deep_line_is_an_error()
    {
        string deep = string.Concat(Enumerable.Repeat("[", 100_000)) + string.Concat(Enumerable.Repeat("]", 100_000));
        Assert.StartsWith("cases(1): not a line of JSON", await ErrorOfAsync(PolicyTestCases.FromText("{\"tool\":\"a\",\"arguments\":{\"b\":" + deep + "}}")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Line_without_an_end_is_an_error()
    {
        using var stream = new MemoryStream(new byte[(33 << 20) + 1]);
        Assert.Equal("cases(1): the line is longer than 16 MiB; a call is one line", await ErrorOfAsync(PolicyTestCases.FromStream(stream)));
        Assert.True(stream.CanRead);
    }

    [Fact]
    public async Task File_that_cannot_be_read_is_an_error()
    {
        string missing = Path.Combine(AppContext.BaseDirectory, "missing.jsonl");
        Assert.Equal($"{missing}: there is no such file (looked for `{missing}`)", await ErrorOfAsync(PolicyTestCases.FromFile(missing)));
        Assert.Equal($"{AppContext.BaseDirectory}: this is a folder; calls are a file of JSON lines", await ErrorOfAsync(PolicyTestCases.FromFile(AppContext.BaseDirectory)));
    }

    [Fact]
    public async Task Stream_with_a_byte_order_mark_and_other_line_ends_is_read()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes("\uFEFF" + Good + "\r\n\r\n" + Good));
        PolicyTestReport report = await PolicyTest.RunAsync([Policy], PolicyTestCases.FromStream(stream, "embedded"), null, Cancel);
        report.ThrowIfFailed();
        Assert.Equal(["embedded(1): a", "embedded(3): a"], report.Results.Select(static result => result.ToString()));
    }

    [Fact]
    public async Task File_and_text_are_read_anew_by_each_run()
    {
        PolicyTestCases[] both = [PolicyTestCases.FromText(Good), PolicyTestCases.FromFile(Path.Combine(AppContext.BaseDirectory, "policies", "cases", "read-only.jsonl"))];
        foreach (PolicyTestCases cases in both)
        {
            Assert.Equal((await PolicyTest.RunAsync([Policy], cases, null, Cancel)).Results.Count, (await PolicyTest.RunAsync([Policy], cases, null, Cancel)).Results.Count);
        }
    }

    private static async Task<string> ErrorOfAsync(PolicyTestCases cases)
    {
        PolicyCasesException error = await Assert.ThrowsAsync<PolicyCasesException>(() => PolicyTest.RunAsync([Policy], cases, null, Cancel));
        Assert.Null(error.InnerException);
        return error.Message;
    }
}
