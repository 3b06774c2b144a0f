using System.Text.Json;
using PolicyLayer.Sdk;

namespace PolicyLayer.Cli.Tests.Approvals;

public sealed class ApprovalsTests : IDisposable
{
    private readonly Tool _tool = new();
    private readonly SqliteApprovalStore _store;

    public ApprovalsTests() => _store = new SqliteApprovalStore(_tool.PathOf("state.db"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string State => "sqlite:" + _tool.PathOf("state.db");

    public void Dispose()
    {
        _store.Dispose();
        _tool.Dispose();
    }

    [Fact]
    public async Task List_has_what_waits_and_what_may_still_run_and_all_has_the_rest_too()
    {
        foreach (string id in (string[])["waits", "approved", "denied", "used"])
        {
            await AskAsync(id);
        }

        await _store.AnswerAsync("approved", isApproved: true, "a", Token);
        await _store.AnswerAsync("denied", isApproved: false, "a", Token);
        await _store.AnswerAsync("used", isApproved: true, "a", Token);
        await AskAsync("used");

        Assert.Equal([("waits", "pending"), ("approved", "approved")], await IdsAsync("list"));
        Assert.Equal([("waits", "pending"), ("approved", "approved"), ("denied", "denied"), ("used", "used")], await IdsAsync("list", "--all"));
        string[] lines = (await RunAsync("list", "--all")).Lines;
        Assert.Equal(5, lines.Length);
        Assert.StartsWith("id        status    tool  grant  asked", lines[0], StringComparison.Ordinal);
        Assert.Matches("^waits     pending   pay   ci     [0-9]+ (s|min) ago  in [0-9]+ (h|d)$", lines[1]);
    }

    [Fact]
    public async Task Answers_are_recorded_where_a_trail_is_named()
    {
        string trail = _tool.PathOf("answers.jsonl");
        await AskAsync("a1");
        await AskAsync("a2");
        Assert.Equal(0, (await RunAsync("approve", "a1", "--by", "alice", "--audit", trail)).Code);
        Assert.Equal(0, (await RunAsync("deny", "a2", "--by", "bob", "--audit", trail)).Code);
        Assert.Equal(1, (await RunAsync("approve", "a2", "--by", "alice", "--audit", trail)).Code);
        string[] answers = [.. (await File.ReadAllLinesAsync(trail, Token)).Where(static line => line.Contains("\"kind\":\"approval\"", StringComparison.Ordinal))];
        Assert.Equal([("a1", "allow", "alice"), ("a2", "deny", "bob")], answers.Select(static line => JsonElement.Parse(line)).Select(static line => (line.GetProperty("approval_id").GetString(), line.GetProperty("decision").GetString(), line.GetProperty("answered_by").GetString())));

        // The time may have the same digits, once in some seconds.
        Assert.All(answers, static line => Assert.DoesNotContain("1.50", line.Replace(JsonElement.Parse(line).GetProperty("ts").GetString()!, "", StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.Equal(0, (await _tool.RunAsync("audit", "verify", trail)).Code);
    }

    [Fact]
    public async Task Nothing_is_answered_where_the_trail_cannot_be_written()
    {
        await AskAsync("a1");
        Tool.Result result = await RunAsync("approve", "a1", "--audit", _tool.PathOf("."));
        Assert.Equal(2, result.Code);
        Assert.StartsWith("policylayer: the audit file `.` cannot be opened: this is a folder", result.Error, StringComparison.Ordinal);
        Assert.Equal(ApprovalStatus.Pending, (await _store.FindAsync("a1", Token))!.Status);
    }

    [Fact]
    public async Task List_of_nothing_says_so_to_people_and_nothing_to_programs()
    {
        Assert.Equal(["nothing waits for approval"], (await RunAsync("list")).Lines);
        Assert.Empty((await RunAsync("list", "--format", "json")).Lines);
    }

    [Fact]
    public async Task Show_has_all_that_was_asked()
    {
        await AskAsync("a1");
        Tool.Result result = await RunAsync("show", "a1");
        Assert.Equal((0, string.Empty), (result.Code, result.Error));
        Assert.Equal(
            ["id        a1", "status    pending", "tool      pay", "server    bank", "grant     ci (Build agents)", "user      u1", "session   s1", "rules     /tools/pay/require_approval/0", "          /default", "reasons   Payments need a person.", "policy    sha256:0"],
            result.Lines[..11]);
        Assert.Matches("^asked     [0-9T:-]{19}Z \\([0-9]+ (s|min) ago\\)$", result.Lines[11]);
        Assert.Matches("^expires   [0-9T:-]{19}Z \\(in [0-9]+ (h|d)\\)$", result.Lines[12]);
        Assert.Equal(["answered  -", "arguments", "  {", "    \"amount\": 1.50,", "    \"to\": \"Büro 東京\"", "  }"], result.Lines[13..]);
    }

    [Fact]
    public async Task Programs_get_one_object_with_the_arguments_as_a_value()
    {
        await AskAsync("a1");
        Tool.Result result = await RunAsync("show", "a1", "--format", "json");
        JsonElement shown = JsonElement.Parse(Assert.Single(result.Lines));
        Assert.Equal(
            ["id", "status", "tool", "grant", "grant_label", "user", "session", "server", "arguments", "rules", "reasons", "policy", "asked_at", "expires_at", "answered_at", "answered_by"],
            shown.EnumerateObject().Select(static member => member.Name));
        Assert.StartsWith(
            """{"id":"a1","status":"pending","tool":"pay","grant":"ci","grant_label":"Build agents","user":"u1","session":"s1","server":"bank","arguments":{"amount":1.50,"to":"Büro 東京"},"rules":["/tools/pay/require_approval/0","/default"],"reasons":["Payments need a person."],"policy":"sha256:0","asked_at":""",
            result.Output,
            StringComparison.Ordinal);
        Assert.EndsWith("\"answered_at\":null,\"answered_by\":null}\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approve_says_what_may_run_and_show_who_said_so()
    {
        await AskAsync("a1");
        Tool.Result result = await RunAsync("approve", "a1", "--by", "alice");
        Assert.Equal((0, string.Empty), (result.Code, result.Error));
        Assert.Matches("^approved a1, pay for ci: the same call may run, once, until [0-9T:-]{19}Z\n$", result.Output);
        Assert.Contains((await RunAsync("show", "a1")).Lines, static line => line.StartsWith("answered  ", StringComparison.Ordinal) && line.EndsWith("Z by alice", StringComparison.Ordinal));
        Assert.Equal(ApprovalStatus.Approved, (await AskAsync("again", "a1")).Status);
        Assert.Equal(ApprovalStatus.Pending, (await AskAsync("anew", "a1")).Status);
    }

    [Fact]
    public async Task Who_answers_is_who_runs_it_where_nobody_says_otherwise()
    {
        await AskAsync("a1");
        JsonElement denied = JsonElement.Parse((await RunAsync("deny", "a1", "--format", "json")).Output);
        Assert.Equal(("denied", Environment.UserName), (denied.GetProperty("status").GetString(), denied.GetProperty("answered_by").GetString()));
    }

    [Fact]
    public async Task Deny_takes_back_what_was_approved_and_has_not_run()
    {
        await AskAsync("a1");
        await RunAsync("approve", "a1");
        Tool.Result result = await RunAsync("deny", "a1");
        Assert.Equal((0, "denied a1, pay for ci\n", string.Empty), (result.Code, result.Output, result.Error));
        Assert.Equal(0, (await RunAsync("deny", "a1")).Code);
        Assert.Equal(ApprovalStatus.Denied, (await AskAsync("again", "a1")).Status);
    }

    [Fact]
    public async Task Answer_that_counts_no_more_is_exit_code_1_and_says_why()
    {
        await AskAsync("denied");
        await RunAsync("deny", "denied", "--by", "bo\u202eb");
        await AssertNoAsync("approval `denied` was denied before (by `bo\\u202Eb`), and stays so until it expires", "approve", "denied");
        await AskAsync("used");
        await RunAsync("approve", "used");
        await AskAsync("used");
        await AssertNoAsync("approval `used` was used before: its call was let through", "approve", "used");
        await AssertNoAsync("approval `used` was used before: its call was let through", "deny", "used", "--format", "json");
    }

    [Theory]
    [InlineData("show")]
    [InlineData("approve")]
    [InlineData("deny")]
    public async Task Name_that_is_not_there_is_exit_code_1(string command) =>
        await AssertNoAsync("no approval `x` is there: it was never asked, or has expired", command, "x");

    private async Task AssertNoAsync(string error, params string[] command)
    {
        Tool.Result result = await RunAsync(command);
        Assert.Equal((1, string.Empty, $"policylayer: {error}\n"), (result.Code, result.Output, result.Error));
    }

    private Task<Tool.Result> RunAsync(params string[] command) => _tool.RunAsync(["approvals", .. command, "--state", State]);

    private async Task<(string Id, string Status)[]> IdsAsync(params string[] command) =>
        [.. (await RunAsync([.. command, "--format", "json"])).Lines.Select(static line => JsonElement.Parse(line)).Select(static one => (one.GetProperty("id").GetString()!, one.GetProperty("status").GetString()!))];

    private async Task<StoredApproval> AskAsync(string id, string? fingerprint = null) => await _store.AskAsync(
        new StoredApproval
        {
            Id = id,
            Fingerprint = fingerprint ?? id,
            Tool = "pay",
            Arguments = """{"amount":1.50,"to":"Büro 東京"}""",
            Grant = "ci",
            GrantLabel = "Build agents",
            User = "u1",
            Session = "s1",
            Server = "bank",
            PolicyVersion = "sha256:0",
            Rules = ["/tools/pay/require_approval/0", "/default"],
            Reasons = ["Payments need a person."],
            Lifetime = TimeSpan.FromDays(30),
        },
        Token);
}
