using PolicyLayer.Sdk.Python.Seccomp;

namespace PolicyLayer.Sdk.Python.Interpreters;

/// <summary>An interpreter that was asked what it is, with the bootstrap compiled by itself.</summary>
internal sealed record Interpreter(string Path, string Version, SystemCallTable SystemCalls, byte[] Magic, byte[] Program)
{
    public string WorkerFilter { get; } = Bootstrap.BootstrapConfiguration.Filter(FilterRules.Worker, SystemCalls);

    public string SupervisorFilter { get; } = Bootstrap.BootstrapConfiguration.Filter(FilterRules.Supervisor, SystemCalls);
}

/// <summary>The interpreter, or why there is none.</summary>
internal readonly record struct ProbeAnswer(Interpreter? Interpreter, string? Error);
