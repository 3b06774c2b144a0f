using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PolicyLayer.Sdk;
using PolicyLayer.Testing;

namespace PolicyLayer.Cli.Tests.Auditing;

/// <summary>The audit trail of a host, in the folder of a test.</summary>
internal sealed class Trail(Tool tool)
{
    public static readonly byte[] Key = Encoding.ASCII.GetBytes(new string('k', 32));

    private static readonly ToolPolicy Policy = ToolPolicy.Parse("""{ "version": "1", "default": "deny", "tools": { "good": {} } }""");

    public string Path { get; } = tool.PathOf("audit.jsonl");

    public static void Save(string path, string[] lines) => File.WriteAllText(path, string.Concat(lines.Select(static line => line + "\n")));

    /// <summary>The hash of the last line.</summary>
    public static string Hash(string[] lines) => JsonElement.Parse(lines[^1]).GetProperty("hash").GetString()!;

    /// <summary>Goes on with the trail: a start, the policy, a call that is allowed, one that is denied, an outcome, a stop.</summary>
    /// <returns>All of its lines.</returns>
    public string[] Write(byte[]? key = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(new ManualTimeProvider());
        ToolPolicyBuilder builder = services.AddToolPolicies(static options => options.AddPolicy(Policy));
        _ = key is null ? builder.AddAuditFile(Path) : builder.AddAuditFile(Path, key);
        using (ServiceProvider provider = services.BuildServiceProvider())
        {
            ToolGuard guard = provider.GetRequiredService<ToolGuard>();
            var grant = new Grant("g1");
            ToolDecision allowed = guard.AuthorizeAsync(new ToolCall(grant, "good")).AsTask().GetAwaiter().GetResult();
            guard.AuthorizeAsync(new ToolCall(grant, "bad")).AsTask().GetAwaiter().GetResult();
            guard.CompleteAsync(allowed, ToolOutcome.Ok).AsTask().GetAwaiter().GetResult();
        }

        return File.ReadAllLines(Path);
    }
}
