using System.Text.Json;
using Microsoft.Extensions.AI;

namespace PolicyLayer.Sdk.Python.Tool;

/// <summary>The tool itself.</summary>
internal sealed class PythonToolFunction(PythonRunner runner, ToolBounds bounds) : AIFunction
{
    public override string Name => PythonTool.Name;

    public override string Description =>
        "Execute Python code in a sandboxed subprocess. Returns stdout, stderr, returncode. "
        + "Imports, file I/O, network access, and OS commands are blocked.";

    public override JsonElement JsonSchema { get; } = bounds.Schema();

    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        PythonResult result = ToolArguments.Read(arguments, bounds, out ToolArguments read) is { } problem
            ? PythonResult.NotRun(PythonOutcome.Refused, problem)
            : await runner.RunAsync(read.Code, new PythonRunOptions { Timeout = TimeSpan.FromSeconds(read.Timeout) }, cancellationToken).ConfigureAwait(false);
        return result.ToJson();
    }
}
