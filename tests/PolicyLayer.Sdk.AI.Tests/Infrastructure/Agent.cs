using System.Text.Json;
using Microsoft.Extensions.AI;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.AI.Tests;

/// <summary>Guards with an audit trail, and calls as an agent makes them.</summary>
internal static class Agent
{
    public static (ToolGuard Guard, RecordingSink Audit) Guard(string policy, Action<ToolPolicyBuilder>? configure = null)
    {
        var sink = new RecordingSink();
        return (sink.Guard(policy, configure), sink);
    }

    public static async Task<object?> CallAsync(this AITool function, params (string Name, object? Value)[] arguments) =>
        await ((AIFunction)function).InvokeAsync(Arguments(arguments), TestContext.Current.CancellationToken);

    public static AIFunctionArguments Arguments(params (string Name, object? Value)[] arguments) =>
        new(arguments.ToDictionary(static pair => pair.Name, static pair => pair.Value));

    /// <summary>The reason code of a denial; <c>allowed</c> for what a function returned.</summary>
    public static string Reason(object? result) =>
        result is JsonElement { ValueKind: JsonValueKind.Object } json && json.TryGetProperty("reason", out JsonElement reason) ? reason.GetString()! : "allowed";
}
