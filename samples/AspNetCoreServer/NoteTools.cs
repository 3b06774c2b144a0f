using System.Collections.Concurrent;
using System.ComponentModel;
using ModelContextProtocol.Server;

namespace AspNetCoreServer;

/// <summary>The tools. None of them knows of a policy.</summary>
[McpServerToolType]
internal sealed class NoteTools(NoteTools.Notes notes)
{
    [McpServerTool(Name = "read_note"), Description("Reads a note.")]
    public string Read(string title) => notes.ByTitle.GetValueOrDefault(title, "There is no such note.");

    [McpServerTool(Name = "write_note"), Description("Writes a note.")]
    public string Write(string title, string text) => $"wrote {(notes.ByTitle[title] = text).Length} characters";

    [McpServerTool(Name = "delete_notes"), Description("Deletes all notes.")]
    public void DeleteAll() => notes.ByTitle.Clear(); // the policy hides it: no client sees it, or gets this far

    /// <summary>What was written.</summary>
    internal sealed class Notes
    {
        public ConcurrentDictionary<string, string> ByTitle { get; } = new(StringComparer.Ordinal);
    }
}
