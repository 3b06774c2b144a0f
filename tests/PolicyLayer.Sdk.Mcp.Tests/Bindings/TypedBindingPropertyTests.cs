using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;

namespace PolicyLayer.Sdk.Mcp.Tests.Bindings;

/// <summary>Enums, dates, identifiers, nulls and defaults are bound to what the policy saw, or not at all.</summary>
public sealed class TypedBindingPropertyTests
{
    private readonly TypedTool _tool = new();

    [Fact]
    public async Task No_allowed_call_binds_to_what_the_policy_did_not_see()
    {
        await using TestServer server = await StartAsync(static _ => { });
        int ran = 0;
        int refused = 0;
        Prop.ForAll(Seeds, seed =>
        {
            string arguments = new GeneratedTypedArguments(new Random(seed), slips: 12).Make();
            string? bound = Bind(server, arguments, out string reason);
            if (bound is not null)
            {
                ran++;
                Assert.True(TypedTool.Expected(arguments) == bound, $"{arguments} was bound to {bound}");
            }

            refused += reason is "invalid_arguments" or "malformed_call" ? 1 : 0;
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000 * Longer));
        Assert.True(ran > 100 && refused > 100, $"of the calls {ran} ran and {refused} were refused, so this says little");
    }

    [Fact]
    public async Task Calls_without_slips_run()
    {
        await using TestServer server = await StartAsync(static _ => { });
        Prop.ForAll(Seeds, seed =>
        {
            string arguments = new GeneratedTypedArguments(new Random(seed), slips: int.MaxValue / 8).Make();
            Assert.True(Bind(server, arguments, out string reason) == TypedTool.Expected(arguments), $"{reason}: {arguments}");
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300 * Longer));
    }

    // The first property has something to find: without enforcement it fails.
    [Fact]
    public async Task Binder_alone_reads_enums_and_numbers_generously()
    {
        await using TestServer server = await StartAsync(static options => options.EnforceToolSchemas = false);
        string[] differ = [.. Enumerable.Range(0, 500).Select(static seed => new GeneratedTypedArguments(new Random(seed), slips: 12).Make())
            .Where(arguments => Bind(server, arguments, out _) is { } bound && bound != TypedTool.Expected(arguments))];
        Assert.Contains(differ, static arguments => arguments.Contains("\"low\"", StringComparison.Ordinal));
        Assert.Contains(differ, static arguments => arguments.Contains("\"5\"", StringComparison.Ordinal));
    }

    private static Arbitrary<int> Seeds { get; } = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    /// <summary>How many times as many calls as an ordinary run tries: what <c>eng/fuzz.sh</c> sets.</summary>
    private static int Longer => int.TryParse(Environment.GetEnvironmentVariable("POLICYLAYER_FUZZ"), NumberStyles.None, CultureInfo.InvariantCulture, out int times) ? times : 1;

    private string? Bind(TestServer server, string arguments, out string reason)
    {
        _tool.Bound = null;
        reason = server.Client.CallRawAsync("bind", arguments).GetAwaiter().GetResult().Reason();
        return _tool.Bound;
    }

    private Task<TestServer> StartAsync(Action<ToolPolicyMcpOptions> configure) => TestServer.StartAsync(
        """{ "version": "1", "default": "allow" }""", builder => builder.WithTools([_tool.Create()]).WithToolPolicies(configure));
}
