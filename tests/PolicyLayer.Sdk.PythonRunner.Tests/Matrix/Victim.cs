using System.Diagnostics;
using System.Globalization;

namespace PolicyLayer.Sdk.Python.Tests.Matrix;

/// <summary>A process that has nothing to do with the sandbox, with a secret in its argument, its environment and its folder.</summary>
internal sealed class Victim : IDisposable
{
    private readonly Process _process;
    private readonly string _before;

    public Victim(string token, string digits)
    {
        var start = new ProcessStartInfo("sleep", ["300." + digits]);
        start.Environment["VICTIM_TOKEN"] = token;
        _process = Process.Start(start)!;
        while (!Settings().Contains("sleep", StringComparison.Ordinal))
        {
            Thread.Yield();   // the fork is there, the program is not yet
        }

        _before = Settings();
    }

    public int Id => _process.Id;

    /// <summary>Whether it ended, or has another priority, other limits, other processors.</summary>
    public bool IsChanged => _process.HasExited || Settings() != _before;

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private string Settings()
    {
        string folder = "/proc/" + Id.ToString(CultureInfo.InvariantCulture);
        try
        {
            string[] stat = File.ReadAllText(folder + "/stat").Split(' ');
            string processors = File.ReadLines(folder + "/status").First(line => line.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal));

            // name, state as far as it lasts, priority, nice, policy
            return string.Join(' ', stat[1], stat[2] is "T" or "Z" or "X" ? stat[2] : "", stat[17], stat[18], stat[40], processors, File.ReadAllText(folder + "/limits"));
        }
        catch (IOException)
        {
            return "gone";
        }
    }
}
