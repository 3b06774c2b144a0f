using Microsoft.Extensions.AI;

namespace PolicyLayer.Sdk.Python.Tool;

/// <summary>What the host knows of a call beside its arguments: whose it is, and who is told how it goes.</summary>
internal sealed record CallObserver(Func<AIFunctionArguments, string?>? Caller, Func<AIFunctionArguments, IProgress<PythonRunPhase>?>? Progress)
{
    public PythonRunOptions Options(AIFunctionArguments call, TimeSpan timeout) =>
        new() { Timeout = timeout, Caller = Caller?.Invoke(call), Progress = Progress?.Invoke(call) };
}
