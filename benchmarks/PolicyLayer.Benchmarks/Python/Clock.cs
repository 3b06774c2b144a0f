using System.Diagnostics;
using System.Globalization;
using PolicyLayer.Sdk.Python;

namespace PolicyLayer.Benchmarks.Python;

/// <summary>Times by the one clock that host and program share: the program prints what it reads when it first can.</summary>
internal static class Clock
{
    private const string Program = "import time\nprint(time.monotonic_ns())";
    private const double NanosecondsPerMillisecond = 1e6;

    /// <summary>Milliseconds from the start of the bare interpreter to its first output.</summary>
    public static async Task<double> BareAsync(string python)
    {
        long start = TimeProvider.System.GetTimestamp();
        using Process process = Process.Start(new ProcessStartInfo(python, ["-I", "-S", "-c", Program]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardInput = true, RedirectStandardError = true })!;
        string printed = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return Since(start, printed);
    }

    /// <summary>Milliseconds from the call to the first output, and to the result.</summary>
    public static async Task<(double First, double Result)> RunAsync(PythonRunner runner)
    {
        long start = TimeProvider.System.GetTimestamp();
        PythonResult result = await runner.RunAsync(Program);
        double whole = TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
        return (Since(start, result.Stdout), whole);
    }

    public static double Median(IEnumerable<double> times)
    {
        double[] sorted = [.. times.Order()];
        return sorted[sorted.Length / 2];
    }

    private static double Since(long start, string printed) => (long.Parse(printed, CultureInfo.InvariantCulture) - start) / NanosecondsPerMillisecond;
}
