namespace PolicyLayer.Sdk;

/// <summary>Which counter: it belongs to a policy, has a name there, and counts each scope apart.</summary>
/// <param name="Policy">The policy's name; not its version, so a changed document keeps its counters.</param>
/// <param name="Counter">The counter's name.</param>
/// <param name="Scope">The key of the scope, at most 256 UTF-16 units unless a grant's id is longer; empty for a counter of all calls. Limits that share a counter have one scope, so keys of different scopes never meet.</param>
/// <remarks>Compared ordinally. The parts may hold any character: a store that joins them must keep them apart.</remarks>
public readonly record struct CounterKey(string Policy, string Counter, string Scope);
