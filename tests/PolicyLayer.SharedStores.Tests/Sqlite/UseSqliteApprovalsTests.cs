using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PolicyLayer.SharedStores.Tests.Support;

namespace PolicyLayer.SharedStores.Tests.Sqlite;

public sealed class UseSqliteApprovalsTests : IDisposable
{
    private const string Policy = """
        { "version": "1", "default": "deny", "tools": { "t": { "require_approval": [{ "name": "always", "conditions": [] }], "limits": [{ "counter": "c", "window": "day", "max": 2 }] } } }
        """;

    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("state.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Call_that_was_approved_in_another_host_runs_once_after_a_restart()
    {
        ToolDecision refused;
        using (ServiceProvider host = Host(Path))
        {
            refused = await DecideAsync(host);
            Assert.Equal(DecisionReason.ApprovalRequired, refused.Reason);
        }

        using (ServiceProvider other = Host(Path))
        {
            Assert.NotNull(await other.GetRequiredService<IApprovalStore>().AnswerAsync(refused.ApprovalId!, isApproved: true));
        }

        using ServiceProvider again = Host(Path);
        Assert.True((await DecideAsync(again)).IsAllowed);
        Assert.Equal(DecisionReason.ApprovalRequired, (await DecideAsync(again)).Reason);
    }

    [Fact]
    public void File_that_cannot_be_used_stops_the_start()
    {
        using ServiceProvider host = Host(_folder.File("no/state.db"));
        OptionsValidationException e = Assert.Throws<OptionsValidationException>(() => host.GetRequiredService<IStartupValidator>().Validate());
        Assert.Contains($"the file of the approvals `{_folder.File("no/state.db")}` cannot be used: ", e.Message, StringComparison.Ordinal);
    }

    private ServiceProvider Host(string path) => new ServiceCollection().AddToolPolicies(o =>
    {
        // A disk that others keep busy may take its time.
        o.StoreTimeout = TimeSpan.FromMinutes(1);
        o.AddPolicy(ToolPolicy.Parse(Policy));
    }).UseSqlite(Path).UseSqliteApprovals(path).Services.BuildServiceProvider(validateScopes: true);

    private static async Task<ToolDecision> DecideAsync(ServiceProvider host) =>
        await host.GetRequiredService<ToolGuard>().AuthorizeAsync(new ToolCall(Grant.Default, "t"), TestContext.Current.CancellationToken);
}
