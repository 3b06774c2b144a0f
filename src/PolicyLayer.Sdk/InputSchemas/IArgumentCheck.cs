using PolicyLayer.Sdk.Decisions;

namespace PolicyLayer.Sdk.InputSchemas;

/// <summary>One judge of the arguments that a tool is about to take.</summary>
internal interface IArgumentCheck
{
    /// <summary>Whether arguments that are well formed hold.</summary>
    bool Holds(in ToolArguments arguments);

    /// <summary>The denial of arguments that do not.</summary>
    Denial Refuse(in ToolArguments arguments);
}
