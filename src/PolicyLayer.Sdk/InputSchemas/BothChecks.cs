using PolicyLayer.Sdk.Decisions;

namespace PolicyLayer.Sdk.InputSchemas;

/// <summary>Two judges who must both agree; the first to refuse speaks.</summary>
internal sealed class BothChecks(IArgumentCheck first, IArgumentCheck second) : IArgumentCheck
{
    public bool Holds(in ToolArguments arguments) => first.Holds(arguments) && second.Holds(arguments);

    public Denial Refuse(in ToolArguments arguments) => first.Holds(arguments) ? second.Refuse(arguments) : first.Refuse(arguments);
}
