using System.Text.Json;
using Microsoft.Extensions.AI;

namespace PolicyLayer.EndToEnd.Tests.Ways.Adapters;

/// <summary>A function that takes whatever it is given, and says so.</summary>
internal sealed class RecordingFunction(JsonElement tool, Trail trail) : AIFunction
{
    public override string Name { get; } = WayCase.NameOf(tool);

    public override JsonElement JsonSchema => tool.GetProperty("inputSchema");

    protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        trail.Run(Canonical.Of(Name, arguments.Select(static pair => KeyValuePair.Create(pair.Key, Assert.IsType<JsonElement>(pair.Value)))));
        return Name == WayCase.Failing ? throw new InvalidDataException("it failed") : new ValueTask<object?>("ran");
    }
}
