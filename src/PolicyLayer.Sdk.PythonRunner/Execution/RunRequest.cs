namespace PolicyLayer.Sdk.Python.Execution;

/// <summary>One run: the code as UTF-8, what it wants, the time it has, and who is told how it goes.</summary>
internal sealed record RunRequest(byte[] Code, Preparation Preparation, TimeSpan Timeout, IProgress<PythonRunPhase>? Progress);
