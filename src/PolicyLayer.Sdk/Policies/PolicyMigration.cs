using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using PolicyLayer.Sdk.Parsing;
using PolicyLayer.Sdk.Parsing.Checking;
using PolicyLayer.Sdk.Parsing.Generations;

namespace PolicyLayer.Sdk;

/// <summary>A policy of any generation, written anew in the form of this one.</summary>
public sealed class PolicyMigration
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    private PolicyMigration(string generation, string? json, IReadOnlyList<PolicyDiagnostic> diagnostics)
    {
        Generation = generation;
        Json = json;
        Diagnostics = diagnostics;
    }

    /// <summary>Of which generation the document is: <c>policylayer</c>, <c>intercept</c> or <c>catalogue fragment</c>.</summary>
    public string Generation { get; }

    /// <summary>The policy as indented JSON that decides every call as the original does; null when the document has errors.</summary>
    public string? Json { get; }

    /// <summary>Errors, and a note for each thing that changed meaning, in the order of the original.</summary>
    public IReadOnlyList<PolicyDiagnostic> Diagnostics { get; }

    /// <summary>Migrates a document. It never throws for what the document says.</summary>
    /// <param name="text">The document.</param>
    public static PolicyMigration Of(PolicyText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        DiagnosticBag bag = text.CreateBag();
        PolicyChecker.Check(text.Utf8Json.Span, text.Bounds, bag);
        DocumentNode? root = PolicyChecker.Read(text.Utf8Json.Span, text.Bounds, text.CreateBag(), out Generation generation);
        string name = generation switch
        {
            Parsing.Generations.Generation.Intercept => "intercept",
            Parsing.Generations.Generation.CatalogueFragment => "catalogue fragment",
            _ => "policylayer",
        };
        return new PolicyMigration(name, root is null || bag.HasErrors ? null : Write(root), bag.ToList());
    }

    private static string Write(DocumentNode root)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Indented))
        {
            root.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }
}
