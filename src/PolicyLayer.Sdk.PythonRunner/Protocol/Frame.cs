namespace PolicyLayer.Sdk.Python.Protocol;

/// <summary>One message of the supervisor.</summary>
internal readonly record struct Frame(FrameKind Kind, ReadOnlyMemory<byte> Content);

internal enum FrameKind
{
    Report = 'r',
    Started = 's',
    Output = 'o',
    Errors = 'e',
    Exit = 'x',
    Refused = 'n',
}
