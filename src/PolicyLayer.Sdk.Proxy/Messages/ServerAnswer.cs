namespace PolicyLayer.Sdk.Proxy.Messages;

/// <summary>What a message of the server was that passed while it came.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Of an answer, the id of the request.</param>
/// <param name="Outcome">Of an answer, how the call went.</param>
internal readonly record struct ServerAnswer(ServerMessageKind Kind, MessageId Id = default, ToolOutcome Outcome = default);
