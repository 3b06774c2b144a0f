using System.Globalization;
using System.Text;
using PolicyLayer.Sdk;

namespace PolicyLayer.Cli.Approvals;

/// <summary>What a person is told of names that may look like others.</summary>
internal static class ApprovalNotes
{
    private const int Most = 8;

    /// <summary>One for each name that has letters or signs beyond ASCII, with what they are: another script may have one that is drawn like one of ours.</summary>
    public static IEnumerable<string> Of(StoredApproval approval) =>
        new[] { Of("tool", approval.Tool), Of("server", approval.Server), Of("grant", approval.Grant), Of("user", approval.User) }.OfType<string>();

    private static string? Of(string whose, string? name)
    {
        // What is hidden is escaped already, and seen.
        Rune[] letters = [.. ApprovalText.Of(name).EnumerateRunes().Where(static rune => !rune.IsAscii && Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark).Distinct()];
        return letters.Length == 0 ? null
            : $"the {whose}'s name has letters or signs beyond ASCII: {string.Join(' ', letters.Take(Most).Select(Code))}" + (letters.Length > Most ? $" and {letters.Length - Most} more" : string.Empty);
    }

    private static string Code(Rune rune) => string.Concat(rune.ToString().Select(static c => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}")));
}
