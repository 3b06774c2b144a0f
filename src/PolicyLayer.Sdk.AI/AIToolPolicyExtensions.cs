using Microsoft.Extensions.AI;
using PolicyLayer.Sdk.AI.Functions;

namespace PolicyLayer.Sdk;

/// <summary>Puts a guard around the functions that an agent offers its model.</summary>
/// <remarks>
/// The arguments are taken as JSON at the moment of the call; the function is given what was judged, as <see cref="System.Text.Json.JsonElement"/> values under their exact names.
/// A denied call throws nothing: its result is the decision as JSON, with a sentence for the model in <c>message</c>; a hidden function answers that there is none. Only cancellation passes.
/// A function that throws, is cancelled, or returns an MCP result with <c>isError</c>, has failed; the limit's <c>refund</c> says whether that counts.
/// </remarks>
public static class AIToolPolicyExtensions
{
    /// <summary>Makes a function that runs only calls which the guard allows, and settles them.</summary>
    /// <param name="function">The function; what it shows of itself stays the same.</param>
    /// <param name="guard">Judges.</param>
    /// <param name="configure">Says how calls are guarded, and whose they are; null leaves that as it is.</param>
    /// <returns>The guarded function; the same when this guard guards it already with the same options.</returns>
    /// <exception cref="InvalidOperationException">This guard guards the function already, with other options.</exception>
    public static AIFunction WithToolPolicy(this AIFunction function, ToolGuard guard, Action<ToolPolicyAIOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        return FunctionGuard.Of(guard, configure).Enclose(function);
    }

    /// <summary>Makes a function that runs only calls which the guard allows to one grant, and settles them.</summary>
    /// <param name="function">The function.</param>
    /// <param name="guard">Judges.</param>
    /// <param name="grant">Whose calls they are.</param>
    /// <exception cref="InvalidOperationException">This guard guards the function already, for another grant or with other options.</exception>
    public static AIFunction WithToolPolicy(this AIFunction function, ToolGuard guard, Grant grant)
    {
        IGrantResolver resolver = GrantResolvers.Fixed(grant);
        return WithToolPolicy(function, guard, options => options.GrantResolver = resolver);
    }

    /// <summary>Guards every function of a list, and leaves out what the policies hide.</summary>
    /// <param name="tools">The tools. Those that are no functions, which a provider runs itself, pass as they are unless their name is hidden: no guard sees their calls.</param>
    /// <param name="guard">Judges.</param>
    /// <param name="configure">Says how calls are guarded, and whose they are; null leaves that as it is.</param>
    /// <returns>A new list, fit for <see cref="ChatOptions.Tools"/>.</returns>
    /// <exception cref="InvalidOperationException">This guard guards one of the functions already, with other options.</exception>
    public static IList<AITool> WithToolPolicies(this IEnumerable<AITool> tools, ToolGuard guard, Action<ToolPolicyAIOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(tools);
        FunctionGuard settings = FunctionGuard.Of(guard, configure);

        // Which tools are hidden is the same for every grant; whose call it is, is asked with each call.
        return [.. tools.Where(tool => guard.IsListed(Grant.Default, tool.Name)).Select(tool => tool is AIFunction function ? settings.Enclose(function) : tool)];
    }

    /// <summary>Guards every function of a list for one grant, and leaves out what the policies hide.</summary>
    /// <param name="tools">The tools.</param>
    /// <param name="guard">Judges.</param>
    /// <param name="grant">Whose calls they are.</param>
    /// <returns>A new list, fit for <see cref="ChatOptions.Tools"/>.</returns>
    /// <exception cref="InvalidOperationException">This guard guards one of the functions already, for another grant or with other options.</exception>
    public static IList<AITool> WithToolPolicies(this IEnumerable<AITool> tools, ToolGuard guard, Grant grant)
    {
        IGrantResolver resolver = GrantResolvers.Fixed(grant);
        return WithToolPolicies(tools, guard, options => options.GrantResolver = resolver);
    }
}
