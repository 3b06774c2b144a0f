namespace PolicyLayer.EndToEnd.Tests.Ways;

/// <summary>What callers are told where it is no refusal of a policy.</summary>
internal static class ToldWords
{
    public const string Result = "the tool's result";
    public const string Failed = "the tool's error";
    public const string Unknown = "no such tool";
}
