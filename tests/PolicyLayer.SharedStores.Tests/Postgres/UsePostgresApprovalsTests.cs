using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace PolicyLayer.SharedStores.Tests.Postgres;

public sealed class UsePostgresApprovalsTests(PostgresFixture fixture) : PostgresTests(fixture), IClassFixture<PostgresFixture>
{
    private const string Policy = """
        { "version": "1", "default": "deny", "tools": { "pay": { "action": "require_approval", "limits": [{ "counter": "pay", "max": 10, "window": "day" }] } } }
        """;

    [Fact]
    public async Task Call_waits_and_runs_once_when_a_person_has_approved_it()
    {
        await using ServiceProvider host = Host(builder => builder.UsePostgres(ConnectionString).UsePostgresApprovals(ConnectionString));
        await using ServiceProvider desk = Host(builder => builder.UsePostgresApprovals(ConnectionString));
        string id = await RefusedAsync(host);
        Assert.Equal(id, await RefusedAsync(host));
        await desk.GetRequiredService<IApprovalStore>().AnswerAsync(id, isApproved: true, "anna", Token);
        Assert.True((await AuthorizeAsync(host)).IsAllowed);
        Assert.NotEqual(id, await RefusedAsync(host));

        // One by one they need one connection for both stores of the host, and one of the desk's.
        await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        await connection.OpenAsync(Token);
        Assert.True(await HoldsAsync(connection, "SELECT count(*) = 2 FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()"), "it was opened twice");
    }

    [Fact]
    public async Task Data_source_of_the_hosts_stays_the_hosts()
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(ConnectionString);
        await using (ServiceProvider host = Host(builder => builder.UsePostgresApprovals(_ => source)))
        {
            await RefusedAsync(host);
        }

        await using var store = new PostgresApprovalStore(source);
        Assert.Single(await store.ListAsync(Token));
    }

    [Fact]
    public void Connection_string_is_checked_at_once_and_never_quoted()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => Host(static builder => builder.UsePostgresApprovals("Host=a;Pasword=secret")));
        Assert.DoesNotContain("secret", e.ToString(), StringComparison.Ordinal);
    }

    private static ServiceProvider Host(Action<ToolPolicyBuilder> use)
    {
        var services = new ServiceCollection();
        use(services.AddToolPolicies(static options =>
        {
            options.AddPolicy(ToolPolicy.Parse(Policy));
            options.StoreTimeout = TimeSpan.FromSeconds(60);
        }));
        return services.BuildServiceProvider();
    }

    private static ValueTask<ToolDecision> AuthorizeAsync(IServiceProvider host) =>
        host.GetRequiredService<ToolGuard>().AuthorizeAsync(new ToolCall(Grant.Default, "pay"), Token);

    private static async Task<string> RefusedAsync(IServiceProvider host)
    {
        ToolDecision decision = await AuthorizeAsync(host);
        Assert.Equal(DecisionReason.ApprovalRequired, decision.Reason);
        return Assert.IsType<string>(decision.ApprovalId);
    }
}
