namespace PolicyLayer.Sdk.Python.Execution;

/// <summary>One run: the code as UTF-8, the modules to load first, the time it has.</summary>
internal sealed record RunRequest(byte[] Code, IReadOnlyList<string> Preload, TimeSpan Timeout);
