using PolicyLayer.Sdk.Approvals;
using PolicyLayer.Sdk.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Tests.Approvals;

public sealed class MemoryApprovalStoreTests
{
    [Fact]
    public async Task Clock_that_is_set_back_makes_nothing_live_longer()
    {
        var time = new ManualTimeProvider();
        var store = new MemoryApprovalStore(time);
        ToolGuard guard = Judging.Guard([Judging.Tools("""{ "pay": { "action": "require_approval" } }""")], time, records: new ApprovalRecords(store, TimeSpan.Zero, TimeSpan.FromSeconds(1), time));
        string id = (await guard.AuthorizeAsync(Judging.Call("pay"), TestContext.Current.CancellationToken)).ApprovalId!;
        time.SetUtcNow(time.GetUtcNow() - TimeSpan.FromDays(1));
        time.Advance(TimeSpan.FromMinutes(15));
        Assert.Null(await store.FindAsync(id, TestContext.Current.CancellationToken));
    }
}
