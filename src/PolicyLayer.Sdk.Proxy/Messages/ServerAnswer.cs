namespace PolicyLayer.Sdk.Proxy.Messages;

/// <summary>What an answer of the server says of the call that it answers.</summary>
/// <param name="Id">The id of the request.</param>
/// <param name="Outcome">How the call went.</param>
internal readonly record struct ServerAnswer(MessageId Id, ToolOutcome Outcome);
