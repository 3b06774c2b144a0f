using System.Net;
using PolicyLayer.Sdk.Compilation.Conditions;

namespace PolicyLayer.Sdk.Compilation.Operators;

/// <summary><c>ip_in</c>: an IP address, or the address that is the host of a URL, lies in one of some networks.</summary>
internal sealed class IpInOperator(IPNetwork[] networks) : TextOperator
{
    protected override ConditionOutcome Judge(ReadOnlySpan<char> text)
    {
        if (HostReader.TryRead(text, stackalloc char[HostReader.LongestHost], out _, out IPAddress? address) && address is not null)
        {
            foreach (IPNetwork network in networks)
            {
                if (network.Contains(address))
                {
                    return ConditionOutcome.True;
                }
            }
        }

        return ConditionOutcome.False;
    }
}
