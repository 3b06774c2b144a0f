using System.Text.Json;

namespace PolicyLayer.EndToEnd.Tests.Ways;

/// <summary>A call as it is written.</summary>
/// <param name="ToolText">The tool's name as it stands in JSON, with its quotes.</param>
/// <param name="Arguments">The text of the arguments; null where there are none.</param>
/// <param name="IsOdd">Whether a way may refuse it before it is judged, as what others could read in another way.</param>
internal sealed record WayCall(string ToolText, string? Arguments, bool IsOdd = false)
{
    public string Tool { get; } = JsonElement.Parse(ToolText).GetString()!;

    /// <summary>The parameters of a <c>tools/call</c>.</summary>
    public string Parameters => Arguments is null ? $$"""{"name":{{ToolText}}}""" : $$"""{"name":{{ToolText}},"arguments":{{Arguments}}}""";

    public override string ToString() => Parameters + (IsOdd ? " (odd)" : string.Empty);
}
