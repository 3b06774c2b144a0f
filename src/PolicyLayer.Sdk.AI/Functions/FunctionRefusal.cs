namespace PolicyLayer.Sdk.AI.Functions;

/// <summary>What a model gets in place of a function's result.</summary>
internal static class FunctionRefusal
{
    /// <summary>The decision as JSON; for a hidden function what a chat client says of one that it does not have.</summary>
    public static object Of(in ToolDecision decision) => decision.Reason == DecisionReason.Hidden
        ? $"Error: Requested function \"{decision.Call.Tool}\" not found."
        : decision.ForCaller().ToJsonElement();
}
