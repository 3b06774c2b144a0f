using System.Diagnostics.CodeAnalysis;
using PolicyLayer.Sdk.Compilation;
using PolicyLayer.Sdk.Parsing;
using PolicyLayer.Sdk.Parsing.Checking;
using PolicyLayer.Sdk.Policies;

namespace PolicyLayer.Sdk;

/// <summary>A policy document, checked and compiled: says what each tool call may do, and nothing else.</summary>
/// <remarks>Immutable and safe for concurrent use. It counts nothing and has no effects: that is <see cref="ToolGuard"/>.</remarks>
public sealed class ToolPolicy
{
    /// <summary>The name that a policy parsed from text has when none is given.</summary>
    private const string DefaultName = "policy";

    private ToolPolicy(string name, CompiledPolicy compiled)
    {
        Name = name;
        Compiled = compiled;
    }

    /// <summary>What its counters belong to and its errors are shown under. Two policies of one guard need two names.</summary>
    public string Name { get; }

    /// <summary><c>sha256:</c> and the hash of the document's bytes, in hexadecimal.</summary>
    public string Version => Compiled.Version;

    internal CompiledPolicy Compiled { get; }

    /// <summary>Reads a policy from JSON text.</summary>
    /// <param name="json">The document, at most 32 MiB of UTF-8.</param>
    /// <param name="name">A name for counters and errors.</param>
    /// <exception cref="PolicyFormatException">The document has errors; all of them are in it.</exception>
    public static ToolPolicy Parse(string json, string name = DefaultName)
    {
        ArgumentNullException.ThrowIfNull(json);
        return Parse(Utf8Text.From(json), name);
    }

    /// <summary>Reads a policy from UTF-8 bytes.</summary>
    /// <param name="utf8Json">The document, at most 32 MiB.</param>
    /// <param name="name">A name for counters and errors.</param>
    /// <exception cref="PolicyFormatException">The document has errors; all of them are in it.</exception>
    public static ToolPolicy Parse(ReadOnlySpan<byte> utf8Json, string name = DefaultName) =>
        TryParse(utf8Json, name, out ToolPolicy? policy, out IReadOnlyList<PolicyDiagnostic> diagnostics)
            ? policy
            : throw new PolicyFormatException(diagnostics);

    /// <summary>Reads a policy from UTF-8 bytes; errors are a value. It never throws for what the document says.</summary>
    /// <param name="utf8Json">The document, at most 32 MiB.</param>
    /// <param name="name">A name for counters and errors.</param>
    /// <param name="policy">The policy, or null when there are errors.</param>
    /// <param name="diagnostics">What is wrong, in the order of the document.</param>
    public static bool TryParse(ReadOnlySpan<byte> utf8Json, string name, [NotNullWhen(true)] out ToolPolicy? policy, out IReadOnlyList<PolicyDiagnostic> diagnostics)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return TryParse(utf8Json, utf8Json, PolicyBounds.Default, name, new DiagnosticBag(name), out policy, out diagnostics);
    }

    /// <summary>Reads a policy from JSON text; errors are a value.</summary>
    /// <param name="json">The document, at most 32 MiB of UTF-8.</param>
    /// <param name="policy">The policy, or null when there are errors.</param>
    /// <param name="diagnostics">What is wrong, in the order of the document.</param>
    public static bool TryParse(string json, [NotNullWhen(true)] out ToolPolicy? policy, out IReadOnlyList<PolicyDiagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(json);
        return TryParse(Utf8Text.From(json), DefaultName, out policy, out diagnostics);
    }

    /// <summary>Reads a policy from a document of any format.</summary>
    /// <param name="text">The document.</param>
    /// <param name="name">A name for counters; null takes it from <see cref="PolicyText.Source"/>, without folder and extension.</param>
    /// <exception cref="PolicyFormatException">The document has errors; all of them are in it.</exception>
    public static ToolPolicy Parse(PolicyText text, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        name ??= Path.GetFileNameWithoutExtension(text.Source);
        return TryParse(text, name.Length == 0 ? DefaultName : name, out ToolPolicy? policy, out IReadOnlyList<PolicyDiagnostic> diagnostics)
            ? policy
            : throw new PolicyFormatException(diagnostics);
    }

    /// <summary>Reads a policy from a JSON file. The policy's name is the file's, without folder and extension.</summary>
    /// <param name="path">The file; a relative path starts at the current directory.</param>
    /// <exception cref="PolicyFormatException">The file cannot be read, or the document has errors.</exception>
    public static ToolPolicy Load(string path) => Parse(PolicyText.Load(path));

    private static bool TryParse(PolicyText text, string name, [NotNullWhen(true)] out ToolPolicy? policy, out IReadOnlyList<PolicyDiagnostic> diagnostics) =>
        TryParse(text.Utf8Json.Span, text.Original.Span, text.Bounds, name, text.CreateBag(), out policy, out diagnostics);

    private static bool TryParse(ReadOnlySpan<byte> utf8, ReadOnlySpan<byte> original, PolicyBounds bounds, string name, DiagnosticBag bag, [NotNullWhen(true)] out ToolPolicy? policy, out IReadOnlyList<PolicyDiagnostic> diagnostics)
    {
        PolicyDocument? document = PolicyChecker.Check(utf8, bounds, bag);
        diagnostics = bag.ToList();
        policy = document is null || bag.HasErrors ? null : new ToolPolicy(name, PolicyCompiler.Compile(document, name, original));
        return policy is not null;
    }
}
