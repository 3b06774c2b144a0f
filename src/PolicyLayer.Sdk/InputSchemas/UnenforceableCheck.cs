using PolicyLayer.Sdk.Decisions;

namespace PolicyLayer.Sdk.InputSchemas;

/// <summary>Stands for a schema that cannot be enforced: nothing holds.</summary>
internal sealed class UnenforceableCheck : IArgumentCheck
{
    public bool Holds(in ToolArguments arguments) => false;

    public Denial Refuse(in ToolArguments arguments) => new(InputSchemaRule.Unenforceable);
}
