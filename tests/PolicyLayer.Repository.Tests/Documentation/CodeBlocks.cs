namespace PolicyLayer.Repository.Tests.Documentation;

/// <summary>The fenced blocks of a Markdown text.</summary>
internal static class CodeBlocks
{
    /// <summary>Every block: the line it begins at, its language, and its lines as they stand.</summary>
    public static IEnumerable<(int Line, string Language, string[] Content)> All(string[] markdown)
    {
        for (int i = 0; i < markdown.Length; i++)
        {
            string fence = markdown[i].Trim();
            if (!fence.StartsWith("```", StringComparison.Ordinal))
            {
                continue;
            }

            int end = Array.FindIndex(markdown, i + 1, static line => line.Trim() == "```");
            end = end < 0 ? markdown.Length : end;
            yield return (i + 1, fence[3..], markdown[(i + 1)..end]);
            i = end;
        }
    }

    /// <summary>Every block of a language: the line it begins at, and its lines, trimmed.</summary>
    public static IEnumerable<(int Line, string[] Content)> Of(string language, string[] markdown) =>
        All(markdown).Where(block => block.Language == language).Select(static block => (block.Line, block.Content.Select(static line => line.Trim()).ToArray()));

    /// <summary>Whether the lines stand somewhere in a text, one after the other, indentation apart; directives at their head may stand at the head of the text.</summary>
    public static bool StandsIn(string[] block, string[] text)
    {
        string[] trimmed = [.. text.Select(static line => line.Trim())];
        string[] head = [.. block.TakeWhile(static line => line.Length == 0 || (line.StartsWith("using ", StringComparison.Ordinal) && line.EndsWith(';')))];
        if (head.Any(line => !trimmed.Contains(line, StringComparer.Ordinal)))
        {
            return false;
        }

        block = block[head.Length..];
        return block.Length > 0 && Enumerable.Range(0, Math.Max(0, trimmed.Length - block.Length + 1)).Any(start => trimmed.AsSpan(start, block.Length).SequenceEqual(block));
    }
}
