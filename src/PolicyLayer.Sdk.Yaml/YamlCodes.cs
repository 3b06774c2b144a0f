namespace PolicyLayer.Sdk.Yaml;

/// <summary>The codes of what is wrong with a document as YAML. Each is explained in <c>docs/diagnostics.md</c>.</summary>
internal static class YamlCodes
{
    public const string Invalid = "PL4001";
    public const string Alias = "PL4002";
    public const string Tag = "PL4003";
    public const string MergeKey = "PL4004";
    public const string SeveralDocuments = "PL4005";
    public const string KeyIsNoText = "PL4006";
    public const string AmbiguousScalar = "PL4007";
    public const string TooDeep = "PL4008";
}
