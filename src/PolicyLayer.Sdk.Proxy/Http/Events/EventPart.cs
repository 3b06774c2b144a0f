namespace PolicyLayer.Sdk.Proxy.Http.Events;

/// <summary>What comes next of an event that is read in parts.</summary>
/// <param name="Text">Of a message, a part of it; of another field, its line.</param>
/// <param name="Kind">What it is.</param>
/// <param name="EndsLine">Whether the line ends with it.</param>
internal readonly record struct EventPart(ReadOnlyMemory<byte> Text, EventPartKind Kind, bool EndsLine);
