using Microsoft.Extensions.AI;
using PolicyLayer.Sdk;

namespace PolicyLayer.Repository.Tests.Documentation;

/// <summary>Code that the documentation shows of agents, compiled here word for word.</summary>
internal static class AgentReadme
{
    public static void Offer(ChatOptions options, IList<AITool> tools)
    {
        ToolGuard guard = ToolGuard.Create(ToolPolicy.Load("policy.json"));          // or from services.AddToolPolicies(…)
        options.Tools = tools.WithToolPolicies(guard, new Grant("alice"));           // whose calls they are, as your host knows it
    }

    public static void Hook(InvokingClient client, ToolGuard guard, Grant grant)
    {
        var invoker = new ToolPolicyFunctionInvoker(guard, o => o.GrantResolver = GrantResolvers.Fixed(grant));
        client.FunctionInvoker = (context, cancellationToken) => invoker.InvokeAsync(context.Function, context.Arguments, cancellationToken);
    }

    /// <summary>The hook of a <c>FunctionInvokingChatClient</c>, by its shape: the package with the type itself is none that this one needs.</summary>
    public sealed class InvokingClient
    {
        public Func<Invocation, CancellationToken, ValueTask<object?>>? FunctionInvoker { get; set; }
    }

    public sealed class Invocation
    {
        public required AIFunction Function { get; init; }

        public required AIFunctionArguments Arguments { get; init; }
    }
}
