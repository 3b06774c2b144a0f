using PolicyLayer.Sdk.Parsing.Checking;

namespace PolicyLayer.Sdk.Compilation;

/// <summary>Turns a checked document into what is run.</summary>
internal static class PolicyCompiler
{
    /// <param name="document">A document without errors.</param>
    /// <param name="name">What its counters belong to.</param>
    /// <param name="utf8">The document's bytes, for its version.</param>
    public static CompiledPolicy Compile(PolicyDocument document, string name, ReadOnlySpan<byte> utf8)
    {
        string version = PolicyVersion.Of(utf8);
        var tools = new ToolTable(document.Tools, document.Hide, document.AllTools);
        return new CompiledPolicy(name, version, document.DefaultAllow, tools);
    }
}
