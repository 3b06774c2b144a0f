using System.Net;
using PolicyLayer.Sdk.Compilation.Conditions;

namespace PolicyLayer.Sdk.Compilation.Operators;

/// <summary><c>host_in</c>: the host of a URL, or a bare host, is one of some names, or below one written <c>*.example.com</c>.</summary>
/// <param name="hosts">Names in ASCII and lower case; one that begins with a dot stands for everything below it.</param>
internal sealed class HostInOperator(string[] hosts) : TextOperator
{
    protected override ConditionOutcome Judge(ReadOnlySpan<char> text)
    {
        if (!HostReader.TryRead(text, stackalloc char[HostReader.LongestHost], out ReadOnlySpan<char> host, out IPAddress? address))
        {
            return ConditionOutcome.False;
        }

        foreach (string wanted in hosts)
        {
            if (wanted[0] == '.' ? address is null && host.Length > wanted.Length && host.EndsWith(wanted) : host.SequenceEqual(wanted))
            {
                return ConditionOutcome.True;
            }
        }

        return ConditionOutcome.False;
    }
}
