using Microsoft.Extensions.AI;
using PolicyLayer.Sdk.Python.Tool;

namespace PolicyLayer.Sdk.Python;

/// <summary>Makes the tool <c>run_python_code</c> for a model.</summary>
public static class PythonTool
{
    /// <summary>The tool's name.</summary>
    public const string Name = "run_python_code";

    /// <summary>A function that runs the code it is called with and answers with the JSON of <see cref="PythonResult.ToJson"/>.</summary>
    /// <param name="runner">What runs the code; it may serve other callers as well.</param>
    /// <param name="options">Copied; null: the defaults.</param>
    /// <returns>A function that is safe to call from many threads at once. Arguments out of bounds give the outcome <c>refused</c>, not an exception.</returns>
    /// <exception cref="ArgumentException">The bounds contradict each other, or those of the runner.</exception>
    public static AIFunction Create(PythonRunner runner, PythonToolOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(runner);
        options ??= new PythonToolOptions();
        return new PythonToolFunction(runner, ToolBounds.From(options, runner.MaxTimeout), new CallObserver(options.Caller, options.Progress));
    }
}
