using Microsoft.Extensions.AI;

namespace PolicyLayer.Sdk.AI.Functions;

/// <summary>Who judges, and how: what one line of a host's says for all of its functions.</summary>
internal sealed record FunctionGuard(ToolGuard Guard, ToolSchemaEnforcement Schemas, IGrantResolver? Resolver, string? Session, string? User, string? Server, ToolCallContext? Context)
{
    public static FunctionGuard Of(ToolGuard guard, Action<ToolPolicyAIOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(guard);
        var options = new ToolPolicyAIOptions();
        configure?.Invoke(options);
        return new FunctionGuard(
            guard, options.ToEnforcement(), options.GrantResolver, options.Session, options.User, options.ServerName, options.Context);
    }

    /// <summary>The function, guarded. One that is guarded like this already is not guarded twice.</summary>
    /// <exception cref="InvalidOperationException">The same guard guards it already in another way, so it is not clear whose call it would be.</exception>
    public AIFunction Enclose(AIFunction function) => Find(function, Guard) switch
    {
        null => new GuardedFunction(function, this),
        { Settings: var settings } when settings == this => function,
        _ => throw new InvalidOperationException($"this guard guards the function `{function.Name}` already, with other options: guard the function that it was made of"),
    };

    /// <summary>Where a guard stands before a function, at whatever depth; null when it does not.</summary>
    public static GuardedFunction? Find(AIFunction function, ToolGuard guard)
    {
        GuardedFunction? found = function.GetService<GuardedFunction>();
        while (found is not null && !ReferenceEquals(found.Settings.Guard, guard))
        {
            found = found.Inner.GetService<GuardedFunction>();
        }

        return found;
    }

    public ToolCallContext SurroundingsOf(AIFunction function) => new()
    {
        Values = Context?.Values ?? default,
        UserClaims = Context?.UserClaims ?? default,
        ToolAnnotations = Context?.ToolAnnotations ?? default,
        InputSchema = Schemas.Compile(function.Name, function.JsonSchema),
    };
}
