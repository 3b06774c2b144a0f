using Microsoft.Extensions.AI;

namespace PolicyLayer.Sdk.AI.Functions;

/// <summary>A function that runs only calls which a guard allows, and settles each of them once.</summary>
internal sealed class GuardedFunction(AIFunction inner, FunctionGuard settings) : DelegatingAIFunction(inner)
{
    private readonly string _name = inner.Name;
    private readonly Lazy<ToolCallContext> _surroundings = new(() => settings.SurroundingsOf(inner));

    public FunctionGuard Settings => settings;

    public AIFunction Inner => InnerFunction;

    /// <summary>What was judged, whatever the function inside says later.</summary>
    public override string Name => _name;

    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        // Taken before anything waits, so that what is judged is what runs, whoever holds the dictionary.
        ArgumentSnapshot snapshot = ArgumentSnapshot.Of(arguments, JsonSerializerOptions);
        Grant? grant = await GrantResolvers.FindGrantAsync(settings.Resolver, new GrantRequest(null, arguments.Services), cancellationToken).ConfigureAwait(false);
        var call = new ToolCall(grant, _name, snapshot.Arguments) { Session = settings.Session, User = settings.User, Server = settings.Server, Context = _surroundings.Value };
        ToolDecision decision = await settings.Guard.AuthorizeAsync(call, cancellationToken).ConfigureAwait(false);
        if (!decision.IsAllowed)
        {
            return FunctionRefusal.Of(decision);
        }

        ToolOutcome outcome = ToolOutcome.NotRun;
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            outcome = ToolOutcome.Error;
            object? result = await base.InvokeCoreAsync(snapshot.ToRun(arguments), cancellationToken).ConfigureAwait(false);
            outcome = FunctionResults.IsError(result) ? ToolOutcome.Error : ToolOutcome.Ok;
            return result;
        }
        catch (OperationCanceledException) when (outcome == ToolOutcome.Error && cancellationToken.IsCancellationRequested)
        {
            outcome = ToolOutcome.Cancelled;
            throw;
        }
        finally
        {
            await settings.Guard.CompleteAsync(decision, outcome, CancellationToken.None).ConfigureAwait(false);
        }
    }
}
