using PolicyLayer.Schemas;

namespace PolicyLayer.Sdk.InputSchemas;

/// <summary>How tools' own schemas are compiled. Their authors wrote them for other validators.</summary>
internal static class InputSchemaOptions
{
    public static readonly JsonSchemaOptions Value = new() { MaxErrors = 4 };
}
