namespace PolicyLayer.EndToEnd.Tests.Ways;

/// <summary>What became of a call on one way.</summary>
/// <param name="Decided">The decision's JSON; null where nothing was judged.</param>
/// <param name="Told">What the caller reads: the refusal's JSON, or a word of <see cref="ToldWords"/>. Null on a way without a caller.</param>
/// <param name="Ran">The tool that ran and the arguments that it was given; empty where none ran, null on a way without tools.</param>
/// <param name="Outcome">How the call was settled; empty where it was not, null where a way does not say.</param>
internal sealed record Answer(string? Decided, string? Told, string? Ran, string? Outcome)
{
    /// <summary>Whether nothing ran, and nothing was allowed.</summary>
    public bool IsRefusal => Told is not (ToldWords.Result or ToldWords.Failed) && Ran is null or "" && Outcome is null or "" && Decided?.Contains("\"decision\":\"allow\"", StringComparison.Ordinal) != true;

    /// <summary>Whether this answer says what another does, as far as both say anything.</summary>
    public bool Agrees(Answer reference) =>
        Same(Decided, reference.Decided) && (Same(Told, reference.Told) || (Told == ToldWords.Unknown && reference.IsHiddenBehindALimit)) && Same(Ran, reference.Ran) && Same(Outcome, reference.Outcome);

    /// <summary>Whether a tool is hidden, and one that does not exist would be refused by a limit. A server that knows its tools says of either that there is none.</summary>
    private bool IsHiddenBehindALimit => Decided?.Contains("\"reason\":\"hidden\"", StringComparison.Ordinal) == true && Told?.Contains("\"reason\":\"limit_exceeded\"", StringComparison.Ordinal) == true;

    private static bool Same(string? one, string? other) => one is null || other is null || one == other;
}
