namespace PolicyLayer.Sdk.Counting;

/// <summary>Which counter: it belongs to a policy, has a name there, and counts each scope apart.</summary>
/// <param name="Policy">The policy's name; not its version, so a changed document keeps its counters.</param>
/// <param name="Counter">The counter's name.</param>
/// <param name="Scope">The key of the scope; limits that share a counter have one scope, so keys of different scopes never meet.</param>
internal readonly record struct CounterKey(string Policy, string Counter, string Scope);
