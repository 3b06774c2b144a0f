using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;

namespace PolicyLayer.Sdk.Mcp.Tests.Bindings;

/// <summary>What a tool is bound to is what the policy saw, whatever the call.</summary>
public sealed class BindingPropertyTests
{
    private readonly BoundTool _tool = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task No_allowed_call_binds_to_what_the_policy_did_not_see(bool strict)
    {
        await using TestServer server = await StartAsync(options => options.StrictToolSchemas = strict);
        int ran = 0;
        int refused = 0;
        Prop.ForAll(Seeds, seed =>
        {
            string arguments = new GeneratedArguments(new Random(seed), slips: 20).Make();
            string? bound = Bind(server, arguments, out string reason);
            if (bound is not null)
            {
                ran++;
                Assert.Equal(BoundTool.Expected(arguments), bound);
            }

            refused += reason is "invalid_arguments" or "malformed_call" ? 1 : 0;
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000 * Longer));
        Assert.True(ran > 100 && refused > 100, $"of the calls {ran} ran and {refused} were refused, so this says little");
    }

    [Fact]
    public async Task Calls_without_slips_are_allowed()
    {
        await using TestServer server = await StartAsync(static _ => { });
        Prop.ForAll(Seeds, seed =>
        {
            string arguments = new GeneratedArguments(new Random(seed), slips: int.MaxValue).Make();
            string? bound = Bind(server, arguments, out string reason);
            Assert.True(bound is not null || arguments.Contains("\"true\"", StringComparison.Ordinal), $"{reason}: {arguments}");
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300 * Longer));
    }

    // The first property has something to find: without enforcement it fails.
    [Fact]
    public async Task Binder_alone_binds_to_what_the_policy_did_not_see()
    {
        await using TestServer server = await StartAsync(static options => options.EnforceToolSchemas = false);
        string[] differ = [.. Enumerable.Range(0, 300).Select(static seed => new GeneratedArguments(new Random(seed), slips: 20).Make())
            .Where(arguments => Bind(server, arguments, out _) is { } bound && bound != BoundTool.Expected(arguments))];
        Assert.Contains(differ, static arguments => arguments.Contains("\"PATH\"", StringComparison.Ordinal) || arguments.Contains("\"Path\"", StringComparison.Ordinal));
        Assert.Contains(differ, static arguments => arguments.Contains("\"7\"", StringComparison.Ordinal));
    }

    private static Arbitrary<int> Seeds { get; } = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    /// <summary>How many times as many calls as an ordinary run tries: what <c>eng/fuzz.sh</c> sets.</summary>
    private static int Longer => int.TryParse(Environment.GetEnvironmentVariable("POLICYLAYER_FUZZ"), NumberStyles.None, CultureInfo.InvariantCulture, out int times) ? times : 1;

    /// <summary>Calls the tool, and answers what it was bound to; null when it did not run.</summary>
    private string? Bind(TestServer server, string arguments, out string reason)
    {
        _tool.Bound = null;
        CallToolResult result = server.Client.CallRawAsync("bind", arguments).GetAwaiter().GetResult();
        reason = result.Reason();
        return _tool.Bound;
    }

    private Task<TestServer> StartAsync(Action<ToolPolicyMcpOptions> configure) => TestServer.StartAsync(
        """{ "version": "1", "default": "allow" }""", builder => builder.WithTools([_tool.Create()]).WithToolPolicies(configure));
}
