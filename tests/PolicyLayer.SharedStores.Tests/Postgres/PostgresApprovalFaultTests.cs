using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace PolicyLayer.SharedStores.Tests.Postgres;

public sealed class PostgresApprovalFaultTests(PostgresFixture fixture) : PostgresTests(fixture), IClassFixture<PostgresFixture>
{
    private const string Waits = "SELECT count(*) = 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";

    [Fact]
    public async Task What_waits_or_is_answered_outlives_a_killed_server()
    {
        await using PostgresServer server = await PostgresServer.CreateAsync();
        await using var before = new PostgresApprovalStore(server.ConnectionString);
        StoredApproval asked = await before.AskAsync(AskedPayment.For("a"), Token);
        await server.KillAsync();
        await Assert.ThrowsAsync<CounterStoreException>(() => before.AskAsync("a"));
        await server.StartAsync();
        await using (var store = new PostgresApprovalStore(server.ConnectionString))
        {
            Assert.Equal(ApprovalStatus.Approved, (await store.AnswerAsync(asked.Id, isApproved: true, by: null, Token))?.Status);
        }

        await server.KillAsync();
        await server.StartAsync();
        await using (var store = new PostgresApprovalStore(server.ConnectionString))
        {
            Assert.Equal(ApprovalStatus.Approved, await store.AskAsync("a"));
        }

        await server.KillAsync();
        await server.StartAsync();
        await using var after = new PostgresApprovalStore(server.ConnectionString);
        Assert.Equal(ApprovalStatus.Used, (await after.FindAsync(asked.Id, Token))?.Status);
        Assert.Equal(ApprovalStatus.Pending, await after.AskAsync("a"));
    }

    [Fact]
    public async Task Question_that_is_cut_off_uses_an_approval_at_most_once()
    {
        await using var store = new PostgresApprovalStore(ConnectionString);
        await store.ApproveAsync("a");
        await using NpgsqlConnection holder = await HoldApprovalsAsync();
        Task asking = store.AskAsync("a");
        await UntilAsync(holder, Waits);
        await RunAsync(holder, "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted");
        await Assert.ThrowsAsync<CounterStoreException>(() => asking);
        await holder.CloseAsync();
        Assert.Equal((ApprovalStatus.Approved, ApprovalStatus.Pending), (await store.AskAsync("a"), await store.AskAsync("a")));
    }

    [Fact]
    public async Task Question_that_is_cancelled_while_it_waits_ends()
    {
        await using var store = new PostgresApprovalStore(ConnectionString);
        await store.ApproveAsync("a");
        await using NpgsqlConnection holder = await HoldApprovalsAsync();
        using var gone = new CancellationTokenSource();
        Task asking = store.AskAsync(AskedPayment.For("a"), gone.Token).AsTask();
        await UntilAsync(holder, Waits);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await holder.CloseAsync();
        Assert.Equal((ApprovalStatus.Approved, ApprovalStatus.Pending), (await store.AskAsync("a"), await store.AskAsync("a")));
    }

    [Theory]
    [InlineData("default_transaction_isolation=serializable", "refuses")]
    [InlineData("default_transaction_isolation=repeatable\\ read", "refuses")]
    [InlineData("synchronous_commit=off", "forgets what it has confirmed")]
    public async Task Server_that_could_let_an_approval_be_used_twice_is_refused(string setting, string reason)
    {
        await using var store = new PostgresApprovalStore(ConnectionString + $";Options=-c {setting}");
        CounterStoreException e = await Assert.ThrowsAsync<CounterStoreException>(() => store.AskAsync("a"));
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_that_is_out_is_an_error_without_its_connection_string()
    {
        await using var store = new PostgresApprovalStore("Host=127.0.0.1;Port=1;Username=app;Password=secret");
        CounterStoreException e = await Assert.ThrowsAsync<CounterStoreException>(() => store.AskAsync("a"));
        Assert.DoesNotContain("secret", e.ToString(), StringComparison.Ordinal);
        ArgumentException unread = Assert.Throws<ArgumentException>(() => new PostgresApprovalStore("Host=a;Pasword=secret"));
        Assert.DoesNotContain("secret", unread.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1", "does not answer: the connection was refused; see that it runs and listens there")]
    [InlineData("Host=policylayer.invalid;Port=1", "does not answer: nobody knows the name of its host")]
    [InlineData("Host=/nowhere;Port=1", "does not answer: the connection was lost")]
    public async Task Server_that_is_out_is_told_with_what_happened(string place, string reason)
    {
        await using var store = new PostgresApprovalStore(place + ";Username=hidden;Password=hidden;Database=hidden");
        CounterStoreException e = await Assert.ThrowsAsync<CounterStoreException>(() => store.AskAsync("a"));
        Assert.Equal("PostgreSQL " + reason, e.Message);
    }

    [Theory]
    [InlineData("Database=hidden", "refuses: there is no such database (SQLSTATE 3D000)")]
    [InlineData("Username=hidden", "refuses: the user may not connect (SQLSTATE 28000)")]
    [InlineData("Options=-c default_transaction_read_only=on", "refuses: it can only be read, as a replica can (SQLSTATE 25006)")]
    public async Task Server_that_refuses_is_told_with_why(string setting, string reason)
    {
        await using var store = new PostgresApprovalStore($"{ConnectionString};{setting}");
        CounterStoreException e = await Assert.ThrowsAsync<CounterStoreException>(() => store.AskAsync("a"));
        Assert.Equal("PostgreSQL " + reason, e.Message);
    }

    [Fact(Timeout = 60_000)]
    public async Task Server_that_says_nothing_is_told_as_late()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var store = new PostgresApprovalStore($"Host=127.0.0.1;Port={((IPEndPoint)silent.LocalEndpoint).Port};Username=hidden;Timeout=1");
        CounterStoreException e = await Assert.ThrowsAsync<CounterStoreException>(() => store.AskAsync("a"));
        Assert.Equal("PostgreSQL does not answer: it took too long", e.Message);
    }

    [Fact]
    public async Task Store_that_is_closed_is_told_as_closed()
    {
        var store = new PostgresApprovalStore(ConnectionString);
        await store.AskAsync("a");
        await store.DisposeAsync();
        CounterStoreException e = await Assert.ThrowsAsync<CounterStoreException>(() => store.AskAsync("a"));
        Assert.Equal("PostgreSQL is not asked: the store or its data source is closed", e.Message);
    }

    // Approvals are few; counters are not, and must not wait for them.
    [Fact]
    public async Task Counters_do_not_wait_for_approvals()
    {
        await using var approvals = new PostgresApprovalStore(ConnectionString);
        await approvals.ApproveAsync("a");
        await using NpgsqlConnection holder = await HoldApprovalsAsync();
        await using var counters = new PostgresCounterStore(ConnectionString);
        Assert.Equal(3, await Support.Ask.DrainAsync(counters, Support.Ask.Demand(Support.Ask.Limit(3))));
        Assert.Single(await approvals.ListAsync(Token));
    }

    /// <summary>Is at the approvals, as another host is for a moment, until the connection is closed.</summary>
    private async Task<NpgsqlConnection> HoldApprovalsAsync()
    {
        var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        await connection.OpenAsync(Token);
        await RunAsync(connection, "SELECT pg_advisory_lock(7239019, 0)");
        return connection;
    }
}
