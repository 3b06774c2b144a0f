using System.Text.Json;
using Microsoft.Extensions.AI;

namespace PolicyLayer.Sdk.Python.Tool;

/// <summary>The tool itself.</summary>
internal sealed class PythonToolFunction(PythonRunner runner, ToolBounds bounds, CallObserver observer) : AIFunction
{
    // A model pays for every space.
    private static readonly JsonSerializerOptions Compact = new(AIJsonUtilities.DefaultOptions) { WriteIndented = false };

    public override string Name => PythonTool.Name;

    public override string Description =>
        "Execute Python code in a sandboxed subprocess. Returns stdout, stderr, returncode. "
        + "Imports, file I/O, network access, and OS commands are blocked.";

    public override JsonElement JsonSchema { get; } = bounds.Schema();

    public override JsonElement? ReturnJsonSchema => ResultSchema.Json;

    public override JsonSerializerOptions JsonSerializerOptions => Compact;

    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        PythonResult result = ToolArguments.Read(arguments, bounds, out ToolArguments read) is { } problem
            ? PythonResult.NotRun(PythonOutcome.Refused, problem)
            : await runner.RunAsync(read.Code, observer.Options(arguments, TimeSpan.FromSeconds(read.Timeout)), cancellationToken).ConfigureAwait(false);
        return result.ToJson();
    }
}
