using PolicyLayer.Schemas;

namespace PolicyLayer.Sdk.InputSchemas;

/// <summary>How tools' own schemas are compiled. Their authors wrote them for other validators, so what JSON Schema does not know judges nothing.</summary>
internal static class InputSchemaOptions
{
    public static readonly JsonSchemaOptions Value = new() { AllowUnknownKeywords = true, MaxErrors = 4 };
}
