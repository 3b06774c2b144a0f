using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PolicyLayer.SharedStores.Tests.Support;

namespace PolicyLayer.SharedStores.Tests.Sqlite;

public sealed class UseSqliteTests : IDisposable
{
    private const string Policy = """{ "version": "1", "default": "deny", "tools": { "t": { "limits": [{ "counter": "c", "window": "day", "max": 3 }] } } }""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Hosts_share_the_file_at_once_and_one_after_the_other()
    {
        using (ServiceProvider one = Host(_folder.File("state.db")))
        using (ServiceProvider other = Host(_folder.File("state.db")))
        {
            Assert.True(Decide(one));
            Assert.True(Decide(other));
        }

        using ServiceProvider again = Host(_folder.File("state.db"));
        Assert.Equal((true, false), (Decide(again), Decide(again)));
    }

    [Fact]
    public void File_that_cannot_be_used_stops_the_start()
    {
        using ServiceProvider host = Host(_folder.File("no/state.db"));
        OptionsValidationException e = Assert.Throws<OptionsValidationException>(() => host.GetRequiredService<IStartupValidator>().Validate());
        Assert.Contains($"the file of the counters `{_folder.File("no/state.db")}` cannot be used: ", e.Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Host(string path) => new ServiceCollection().AddToolPolicies(o =>
    {
        // A disk that others keep busy may take its time.
        o.StoreTimeout = TimeSpan.FromMinutes(1);
        o.AddPolicy(ToolPolicy.Parse(Policy));
    }).UseSqlite(path).Services.BuildServiceProvider(validateScopes: true);

    private static bool Decide(ServiceProvider host)
    {
        ToolGuard guard = host.GetRequiredService<ToolGuard>();
        return guard.AuthorizeAsync(new ToolCall(Grant.Default, "t"), TestContext.Current.CancellationToken).AsTask().GetAwaiter().GetResult().IsAllowed;
    }
}
