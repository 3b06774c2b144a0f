using System.Text;

namespace PolicyLayer.Sdk.Compilation.Operators;

/// <summary>Writes a glob as a regular expression: <c>*</c> and <c>?</c> stop at <c>/</c>, <c>**</c> does not; all else stands for itself.</summary>
internal static class GlobPattern
{
    public static string ToRegex(string glob)
    {
        var regex = new StringBuilder(@"\A");
        for (int i = 0; i < glob.Length; i++)
        {
            if (glob[i] == '*')
            {
                int first = i;
                while (i + 1 < glob.Length && glob[i + 1] == '*')
                {
                    i++;
                }

                regex.Append(i > first ? "(?s:.*)" : "[^/]*");
            }
            else if (glob[i] == '?')
            {
                regex.Append("[^/]");
            }
            else
            {
                regex.Append(char.IsAscii(glob[i]) && !char.IsAsciiLetterOrDigit(glob[i]) && !char.IsControl(glob[i]) ? "\\" : string.Empty).Append(glob[i]);
            }
        }

        return regex.Append(@"\z").ToString();
    }
}
