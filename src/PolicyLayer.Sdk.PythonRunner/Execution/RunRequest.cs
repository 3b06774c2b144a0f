namespace PolicyLayer.Sdk.Python.Execution;

/// <summary>One run: the code as UTF-8 and the time it has.</summary>
internal sealed record RunRequest(byte[] Code, TimeSpan Timeout);
