using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using PolicyLayer.Sdk.AI.Functions;

namespace PolicyLayer.Sdk;

/// <summary>Runs functions for a host that calls them at one place, such as the <c>FunctionInvoker</c> of a <c>FunctionInvokingChatClient</c>.</summary>
/// <remarks>Safe for concurrent use. Make one and keep it: each function's schema is compiled once. A function that the same guard guards already is judged, and counted, once.</remarks>
public sealed class ToolPolicyFunctionInvoker
{
    private readonly FunctionGuard _settings;
    private readonly ConditionalWeakTable<AIFunction, AIFunction> _guarded = [];

    /// <summary>Says who judges.</summary>
    /// <param name="guard">Judges.</param>
    /// <param name="configure">Says how calls are guarded, and whose they are; null leaves that as it is.</param>
    public ToolPolicyFunctionInvoker(ToolGuard guard, Action<ToolPolicyAIOptions>? configure = null) => _settings = FunctionGuard.Of(guard, configure);

    /// <summary>Runs a function if the guard allows the call, and settles it.</summary>
    /// <param name="function">The function.</param>
    /// <param name="arguments">Its arguments; null for none. The function is given a copy.</param>
    /// <param name="cancellationToken">Cancels the wait, and the function.</param>
    /// <returns>What the function returned, or the denial.</returns>
    public ValueTask<object?> InvokeAsync(AIFunction function, AIFunctionArguments? arguments, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        AIFunction guarded = FunctionGuard.Find(function, _settings.Guard) is not null ? function : _guarded.GetValue(function, _settings.Enclose);
        return guarded.InvokeAsync(arguments, cancellationToken);
    }
}
