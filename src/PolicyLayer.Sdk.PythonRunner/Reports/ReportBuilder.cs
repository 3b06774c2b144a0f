using PolicyLayer.Sdk.Python.Execution;
using PolicyLayer.Sdk.Python.Interpreters;

namespace PolicyLayer.Sdk.Python.Reports;

/// <summary>Locks an interpreter, reads what held it, and gives it no code.</summary>
internal static class ReportBuilder
{
    /// <summary>What the report says when a layer that stands behind another was not tried.</summary>
    private const string NotReported = "the kernel was not asked";

    public static async Task<PythonReport> BuildAsync(RunnerSettings settings, TimeProvider time, CancellationToken cancellationToken)
    {
        // All that there is, however little: what is asked for is the caller's to compare.
        RunnerSettings any = settings with { MinimumIsolation = IsolationLevel.None };
        ProbeAnswer answer = await InterpreterCache.GetAsync(settings.PythonPath, time, cancellationToken).ConfigureAwait(false);
        if (answer.Interpreter is not { } interpreter)
        {
            return new PythonReport(IsolationLevel.None, []) { Error = answer.Error };
        }

        var preparation = Preparation.For("", any, any.DefaultTimeout);
        (LockedInterpreter? locked, PythonResult? failure) = await InterpreterStart.StartAsync(any, interpreter, preparation, time, cancellationToken).ConfigureAwait(false);
        if (locked is null)
        {
            return new PythonReport(IsolationLevel.None, []) { PythonPath = interpreter.Path, PythonVersion = interpreter.Version, Error = failure!.Error };
        }

        await using (locked.ConfigureAwait(false))
        {
            return new PythonReport(locked.Isolation.Level, Layers(locked)) { PythonPath = interpreter.Path, PythonVersion = interpreter.Version };
        }
    }

    private static PythonLayer[] Layers(LockedInterpreter locked)
    {
        PythonIsolation isolation = locked.Isolation;
        return [.. LayerNeeds.All.Where(layer => IsKnown(layer.Layer)).Select(layer => Layer(layer.Layer, layer.Needs))];

        // A host that may make namespaces needs none for its user.
        bool IsKnown(string name) => name != "user_namespace" || isolation.Layers.Contains(name) || isolation.Missing.Contains(name);

        PythonLayer Layer(string name, string needs)
        {
            bool holds = isolation.Layers.Contains(name) || (IsPartOfLandlock(name) && isolation.Layers.Contains("landlock") && !isolation.Missing.Contains(name));
            return new PythonLayer(
                name,
                IsolationLayers.NeededFor(name),
                needs,
                holds,
                holds ? null : locked.Reasons.GetValueOrDefault(name, NotReported),
                holds ? null : Advice.WayOut(name));
        }
    }

    /// <summary>Rights that newer kernels add to the one domain; only their lack is reported.</summary>
    private static bool IsPartOfLandlock(string name) => name is "landlock_tcp" or "landlock_scopes";
}
