using System.Text.Json;
using PolicyLayer.Sdk.Parsing;
using PolicyLayer.Sdk.Parsing.Reading;

namespace PolicyLayer.Sdk;

/// <summary>The tools that a server offers, as its answer to <c>tools/list</c> says.</summary>
public sealed class ToolCatalog
{
    private readonly Dictionary<string, CatalogTool> _byName;

    private ToolCatalog(IReadOnlyList<CatalogTool> tools)
    {
        Tools = tools;
        _byName = tools.ToDictionary(static tool => tool.Name, StringComparer.Ordinal);
    }

    /// <summary>The tools, in the order of the list.</summary>
    public IReadOnlyList<CatalogTool> Tools { get; }

    /// <summary>Reads an answer to <c>tools/list</c>: its result, the whole response, or the bare list.</summary>
    /// <param name="utf8Json">The text, at most 32 MiB.</param>
    /// <param name="source">The file, or a name: what errors are shown under.</param>
    /// <exception cref="PolicyFormatException">It is no list of tools, or two have one name.</exception>
    public static ToolCatalog Parse(ReadOnlySpan<byte> utf8Json, string source)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(source);
        var bag = new DiagnosticBag(source);
        ReadOnlySpan<byte> text = utf8Json.StartsWith("\uFEFF"u8) ? utf8Json[3..] : utf8Json;
        if (text.Trim(" \t\r\n"u8).IsEmpty)
        {
            bag.ErrorOfDocument(DiagnosticCodes.InvalidJson, "the list of tools is empty; an answer to `tools/list` has at least `\"tools\": []`");
            throw new PolicyFormatException(bag.ToList());
        }

        DocumentNode? root = DocumentReader.Read(text, PolicyBounds.Default, bag);
        var tools = new List<CatalogTool>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        DocumentNode? list = root?.Find("result")?.Find("tools") ?? root?.Find("tools") ?? (root is { Kind: JsonValueKind.Object } ? root.Required("tools", bag, "\"tools\": [{ \"name\": \"read_file\" }]") : root);
        if (list is not null && !bag.HasErrors)
        {
            foreach (DocumentNode tool in list.Elements(bag))
            {
                if (tool.Is(JsonValueKind.Object, bag) && tool.Required("name", bag, "\"name\": \"read_file\"").NonEmptyText(bag) is { } name)
                {
                    if (!names.Add(name))
                    {
                        bag.Error(DiagnosticCodes.DuplicateName, tool, $"two tools are named `{name}`");
                        continue;
                    }

                    tools.Add(new CatalogTool(name, tool.Find("inputSchema")?.ToElement() ?? default, tool.Find("annotations")?.ToElement() ?? default));
                }
            }
        }

        return bag.HasErrors ? throw new PolicyFormatException(bag.ToList()) : new ToolCatalog(tools);
    }

    /// <summary>Reads a file with an answer to <c>tools/list</c>.</summary>
    /// <param name="path">The file; a relative path starts at the current directory.</param>
    /// <exception cref="PolicyFormatException">The file cannot be read, or is no list of tools.</exception>
    public static ToolCatalog Load(string path) => Parse(PolicyText.Load(path).Utf8Json.Span, path);

    /// <summary>The tool of an exact name, or null.</summary>
    /// <param name="name">The name, compared ordinally.</param>
    public CatalogTool? Find(string name) => _byName.GetValueOrDefault(name);
}
