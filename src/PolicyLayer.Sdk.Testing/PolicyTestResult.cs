using System.Text.Json;
using PolicyLayer.Sdk.Decisions;

namespace PolicyLayer.Sdk.Testing;

/// <summary>What was decided of one call, and whether that was expected.</summary>
public sealed class PolicyTestResult
{
    internal PolicyTestResult(string place, in ToolDecision decision, JsonElement expected, string? mismatch)
    {
        Place = place;
        Decision = decision;
        Expected = expected;
        Mismatch = mismatch;
    }

    /// <summary>Where the call stands: <c>file(line)</c>.</summary>
    public string Place { get; }

    /// <summary>The tool, as the call names it.</summary>
    public string Tool => Decision.Call.Tool;

    /// <summary>The decision. Its call has the arguments, values and all.</summary>
    public ToolDecision Decision { get; }

    /// <summary>Members that the decision must have, an object; undefined when the line expects nothing.</summary>
    public JsonElement Expected { get; }

    /// <summary>The first member that is not as expected, in words; null when all are, or none is expected. Of the call it has what <see cref="Expected"/> says, and no argument.</summary>
    public string? Mismatch { get; }

    internal bool ExpectsAnything => Expected.ValueKind == JsonValueKind.Object && Expected.EnumerateObject().Any();

    /// <summary>Fails a test that is about this call alone.</summary>
    /// <exception cref="PolicyTestException">The call was decided otherwise than expected.</exception>
    public void ThrowIfFailed()
    {
        if (Mismatch is not null)
        {
            throw new PolicyTestException(Line());
        }
    }

    /// <summary>Where the call stands, and its tool: a name for a test case.</summary>
    public override string ToString() => $"{Place}: {ShownName.Of(Tool)}";

    /// <summary>What was expected and what came, on one line.</summary>
    internal string Line() => $"{this}: {Mismatch}".ReplaceLineEndings(" ");
}
