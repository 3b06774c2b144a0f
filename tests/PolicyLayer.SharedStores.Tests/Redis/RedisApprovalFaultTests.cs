using StackExchange.Redis;

namespace PolicyLayer.SharedStores.Tests.Redis;

public sealed class RedisApprovalFaultTests(RedisFixture fixture) : IClassFixture<RedisFixture>
{
    private readonly StoredApproval _asked = RedisApprovals.New();

    [Fact]
    public async Task Killed_server_forgets_neither_what_waits_nor_that_it_was_used()
    {
        await using RedisServer server = await RedisServer.CreateAsync();
        using var store = new RedisApprovalStore(server.Configuration);
        await store.StatusAsync(_asked);
        await KillAsync();
        Assert.Equal(ApprovalStatus.Pending, await RedisApprovals.UntilAnsweredAsync(() => store.FoundAsync(_asked)));
        Assert.Equal(ApprovalStatus.Approved, await store.AnsweredAsync(_asked));
        await KillAsync();

        // Once the server is found again, so that no answer gets lost.
        Assert.Equal(ApprovalStatus.Approved, await RedisApprovals.UntilAnsweredAsync(() => store.FoundAsync(_asked)));
        Assert.Equal(ApprovalStatus.Approved, await store.StatusAsync(_asked.Again()));
        await KillAsync();
        Assert.Equal(ApprovalStatus.Used, await RedisApprovals.UntilAnsweredAsync(() => store.FoundAsync(_asked)));
        Assert.Equal(ApprovalStatus.Pending, await store.StatusAsync(_asked.Again()));

        async Task KillAsync()
        {
            await server.KillAsync();
            await Assert.ThrowsAsync<CounterStoreException>(() => store.StatusAsync(_asked.Again()));
            await server.StartAsync();
        }
    }

    [Fact]
    public async Task Server_that_lost_its_scripts_gets_them_again()
    {
        using var store = new RedisApprovalStore(fixture.Server.PatientConfiguration);
        await store.StatusAsync(_asked);
        await fixture.Server.AdminAsync("SCRIPT", "FLUSH");
        Assert.Equal(ApprovalStatus.Approved, await store.AnsweredAsync(_asked));
        await fixture.Server.AdminAsync("SCRIPT", "FLUSH");
        Assert.Equal(ApprovalStatus.Approved, await store.StatusAsync(_asked.Again()));
        await fixture.Server.AdminAsync("SCRIPT", "FLUSH");
        Assert.Equal(ApprovalStatus.Used, await store.FoundAsync(_asked));
        await fixture.Server.AdminAsync("SCRIPT", "FLUSH");
        Assert.Contains(await store.ListAsync(TestContext.Current.CancellationToken), listed => listed.Id == _asked.Id);
    }

    [Fact]
    public async Task Forgetful_server_is_refused_unless_the_host_accepts_it()
    {
        await using RedisServer server = await RedisServer.CreateAsync(isForgetful: true);
        using var strict = new RedisApprovalStore(server.Configuration);
        CounterStoreException e = await Assert.ThrowsAsync<CounterStoreException>(() => strict.StatusAsync(_asked));
        Assert.Contains("appendonly yes", e.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<CounterStoreException>(() => strict.AnsweredAsync(_asked));
        using var accepting = new RedisApprovalStore(server.Configuration, new RedisCounterStoreOptions { AllowForgetfulServer = true });
        Assert.Equal(ApprovalStatus.Pending, await accepting.StatusAsync(_asked));
        await server.AdminAsync("CONFIG", "SET", "appendonly", "yes");
        await server.AdminAsync("CONFIG", "SET", "appendfsync", "always");
        Assert.Equal(ApprovalStatus.Approved, await strict.AnsweredAsync(_asked));
    }

    [Fact]
    public async Task Server_whose_memory_is_full_uses_no_approval()
    {
        await using RedisServer server = await RedisServer.CreateAsync();
        using var store = new RedisApprovalStore(server.Configuration);
        await store.StatusAsync(_asked);
        await store.AnsweredAsync(_asked);
        await server.AdminAsync("CONFIG", "SET", "maxmemory", "1");
        CounterStoreException e = await Assert.ThrowsAsync<CounterStoreException>(() => store.StatusAsync(_asked.Again()));
        Assert.True(e.IsFull, e.ToString());
        Assert.Equal(ApprovalStatus.Approved, await store.FoundAsync(_asked));
        await server.AdminAsync("CONFIG", "SET", "maxmemory", "0");
        Assert.Equal((ApprovalStatus.Approved, ApprovalStatus.Pending), (await store.StatusAsync(_asked.Again()), await store.StatusAsync(_asked.Again())));
    }

    [Fact]
    public async Task Full_store_says_so()
    {
        using var store = new RedisApprovalStore(fixture.Server.PatientConfiguration, new RedisCounterStoreOptions { KeyPrefix = "full" });
        for (int i = 0; i < 1_000; i++)
        {
            await store.StatusAsync(RedisApprovals.New() with { Grant = "grant " + i });
        }

        CounterStoreException e = await Assert.ThrowsAsync<CounterStoreException>(() => store.StatusAsync(_asked));
        Assert.True(e.IsFull, e.ToString());
    }

    [Theory]
    [InlineData("details")]
    [InlineData("status")]
    [InlineData("asked")]
    public async Task Record_that_somebody_has_spoilt_is_an_error(string field)
    {
        using ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync(fixture.Server.AdminConfiguration);
        using var store = new RedisApprovalStore(connection, new RedisCounterStoreOptions { KeyPrefix = "spoilt" });
        await store.StatusAsync(_asked);
        await store.AnsweredAsync(_asked);
        IDatabase database = connection.GetDatabase();
        foreach (string value in new[] { string.Empty, "hunter2", "99999999999999999999", "[" })
        {
            await database.HashSetAsync("{spoilt}:approvals", $"{field}:{_asked.Id}", value);
            CounterStoreException e = await Assert.ThrowsAsync<CounterStoreException>(() => store.FoundAsync(_asked));
            Assert.DoesNotContain("hunter2", e.Message, StringComparison.Ordinal);
        }

        await database.HashDeleteAsync("{spoilt}:approvals", $"{field}:{_asked.Id}");
        await Assert.ThrowsAsync<CounterStoreException>(() => store.StatusAsync(_asked.Again()));
    }

    [Fact]
    public async Task Question_to_a_server_that_hangs_ends_when_it_is_cancelled()
    {
        await using RedisServer server = await RedisServer.CreateAsync();
        using var store = new RedisApprovalStore(server.Configuration);
        await store.StatusAsync(_asked);
        await server.AdminAsync("CLIENT", "PAUSE", "600000");
        using var patience = new CancellationTokenSource();
        Task<StoredApproval?> answer = store.AnswerAsync(_asked.Id, isApproved: true, by: null, patience.Token).AsTask();
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    [Theory]
    [InlineData("127.0.0.1:1")]
    [InlineData("policylayer.invalid:1")]
    public async Task Server_that_is_out_is_told_with_what_to_look_at(string place)
    {
        using var store = new RedisApprovalStore(place + ",password=hidden");
        CounterStoreException e = await Assert.ThrowsAsync<CounterStoreException>(() => store.StatusAsync(_asked));
        Assert.Equal("Redis does not answer: no connection can be made, or it was lost; see that it runs, can be reached, and takes the password", e.Message);
    }

    [Fact]
    public async Task Server_that_refuses_is_told_with_why()
    {
        await using RedisServer server = await RedisServer.CreateAsync();
        using var admitted = new RedisApprovalStore(server.PatientConfiguration);
        await admitted.StatusAsync(_asked);
        await server.AdminAsync("ACL", "SETUSER", "default", "-evalsha", "-eval");
        CounterStoreException e = await Assert.ThrowsAsync<CounterStoreException>(() => admitted.StatusAsync(_asked));
        Assert.Equal("Redis refuses: the user lacks a right", e.Message);
    }

    [Fact]
    public async Task Server_that_refuses_says_nothing_of_the_configuration()
    {
        using var store = new RedisApprovalStore("127.0.0.1:1,password=secret");
        CounterStoreException e = await Assert.ThrowsAsync<CounterStoreException>(() => store.StatusAsync(_asked));
        Assert.DoesNotContain("secret", e.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", e.ToString(), StringComparison.Ordinal);
    }
}
