using System.Text.Json;

namespace PolicyLayer.Sdk.Parsing.Generations;

/// <summary>Turns the documents of Intercept, which have <c>rules</c>, into ours.</summary>
internal sealed class InterceptImporter(DiagnosticBag diagnostics)
{
    private const string AllTools = "*";
    private const string AllToolsScope = "_global";

    private static readonly string[] DocumentMembers = ["version", "default", "hide", "tools", "approvals"];

    private readonly CounterNames _counters = new(diagnostics);

    /// <summary>A whole document.</summary>
    public DocumentNode Document(DocumentNode root)
    {
        root.OnlyMembers(diagnostics, DocumentMembers);
        Draft document = Draft.Object(root);
        document.Add("version", Copy(root.Find("version")));
        document.Add("default", Copy(root.Find("default")) ?? Draft.Text("allow", root));
        if (root.Find("default") is null)
        {
            diagnostics.Note(DiagnosticCodes.DefaultedToAllow, root, "`default` is missing, which means `\"allow\"` in this older form: tools without an entry may be called");
        }

        document.Add("hide", Copy(root.Find("hide")));
        DocumentNode? timeout = Approvals(root.Find("approvals"));
        if (root.Find("tools") is { } tools)
        {
            Tools(document, tools, timeout);
        }

        return document.ToNode();
    }

    /// <summary>The entries of a document without the document around them.</summary>
    public DocumentNode Fragment(DocumentNode root)
    {
        Draft document = Draft.Object(root).Add("version", Draft.Text("1", root)).Add("default", Draft.Text("deny", root));
        Draft tools = Draft.Object(root);
        NoteStricterTypes(root);
        DocumentNode[] entries = [.. root.Children.Where(static member => !NodeChecks.IsIgnored(member.Name!))];
        bool hasRules = Array.Exists(entries, static entry => entry.Find("rules") is not null);
        foreach (DocumentNode entry in entries)
        {
            if (entry.Find("rules") is not null)
            {
                Tool(document, tools, entry, timeout: null);
                continue;
            }

            if (hasRules && IsPattern(entry.Name!))
            {
                diagnostics.Error(DiagnosticCodes.MixedGenerations, entry, $"`{entry.Name}` names every tool it matches in the newer form, and none of them in the older one that the `rules` beside it belong to; write all of it in the newer form, with `version` and `default`");
            }

            tools.Add(entry.Name!, Draft.Copy(entry));
        }

        return document.Add("tools", tools).ToNode();
    }

    private void Tools(Draft document, DocumentNode tools, DocumentNode? timeout)
    {
        if (tools.Kind != JsonValueKind.Object)
        {
            document.Add("tools", Draft.Copy(tools));
            return;
        }

        NoteStricterTypes(tools);
        Draft entries = Draft.Object(tools);
        foreach (DocumentNode tool in tools.Children)
        {
            if (diagnostics.IsFull)
            {
                break;
            }

            Tool(document, entries, tool, timeout);
        }

        document.Add("tools", entries);
    }

    /// <summary>One tool with rules; <c>*</c> means every tool, and names none of them.</summary>
    private void Tool(Draft document, Draft entries, DocumentNode tool, DocumentNode? timeout)
    {
        if (tool.Name == AllTools)
        {
            document.Add("all_tools", Entry(tool, AllToolsScope, timeout));
        }
        else if (IsPattern(tool.Name!))
        {
            diagnostics.Error(DiagnosticCodes.Untranslatable, tool, $"`{tool.Name}` is the exact name of one tool in this older form, and a pattern in the newer; name the tools one by one");
        }
        else
        {
            entries.Add(tool.Name!, Entry(tool, tool.Name!, timeout));
        }
    }

    private Draft Entry(DocumentNode entry, string scope, DocumentNode? timeout)
    {
        if (!entry.Is(JsonValueKind.Object, diagnostics))
        {
            return Draft.Object(entry);
        }

        if (entry.Find("spend") is { } spend)
        {
            InterceptRules.RefuseSpend(spend, diagnostics);
        }

        entry.OnlyMembers(diagnostics, ["rules", "spend"]);
        return new InterceptRules(entry, scope, timeout, _counters, diagnostics).ToEntry();
    }

    /// <summary>What is said of approvals for the whole document; answers how long they may take.</summary>
    private DocumentNode? Approvals(DocumentNode? node)
    {
        if (node is null || !node.Is(JsonValueKind.Object, diagnostics))
        {
            return null;
        }

        node.OnlyMembers(diagnostics, ["timeout", "default_timeout", "notify"]);
        if (node.Find("notify") is { } notify)
        {
            diagnostics.Note(DiagnosticCodes.LeftToTheHost, notify, "`notify` is not part of a policy here: the host's approval handler tells people");
        }

        return node.Find("timeout") ?? node.Find("default_timeout");
    }

    /// <summary>Said once, at the first conditions of the older form that compare anything but a counter.</summary>
    private void NoteStricterTypes(DocumentNode tools)
    {
        IEnumerable<DocumentNode?> conditions = tools.Children.SelectMany(static tool => tool.Find("rules")?.Children ?? []).Select(static rule => rule.Find("conditions"));
        if (conditions.FirstOrDefault(static list => list is not null && !Array.TrueForAll(list.Children, InterceptCounters.ReadsACounter)) is { } first)
        {
            diagnostics.Note(DiagnosticCodes.StricterTypes, first, "values are never converted here: the text `\"5\"` is not the number `5`, and a call that mixes them is denied");
        }
    }

    private static bool IsPattern(string name) => name.AsSpan().ContainsAny('*', '?');

    private static Draft? Copy(DocumentNode? node) => node is null ? null : Draft.Copy(node);
}
