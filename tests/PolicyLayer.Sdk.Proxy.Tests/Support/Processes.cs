using System.Diagnostics;
using System.Globalization;

namespace PolicyLayer.Sdk.Proxy.Tests.Support;

/// <summary>Looks for processes by their numbers, on Linux.</summary>
internal static class Processes
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Whether it runs; one that has ended and was not reaped does not.</summary>
    public static bool IsAlive(int process)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..][0] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Waits until none of them runs: a signal that was sent takes its time.</summary>
    public static async Task AreGoneAsync(params int[] processes)
    {
        while (processes.Any(IsAlive))
        {
            await Task.Delay(10, Token);
        }
    }

    /// <param name="process">Its number.</param>
    /// <param name="name">The signal, such as <c>TERM</c>.</param>
    public static async Task SignalAsync(int process, string name)
    {
        using Process kill = Process.Start("kill", ["-" + name, process.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Token);
    }
}
