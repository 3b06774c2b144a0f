using System.Globalization;

namespace PolicyLayer.Benchmarks.Mcp;

/// <summary>How long calls take, taken in turns, so that whatever else the machine does meets all ways alike.</summary>
internal static class Turns
{
    private const int WarmUp = 20_000;

    /// <summary>Measures, and prints a row for each way; the first is the yardstick.</summary>
    /// <param name="ways">Their names, and one call.</param>
    /// <param name="inFlight">How many calls wait for their answers at once.</param>
    /// <param name="each">How many calls, one after another, are a turn of one who waits.</param>
    /// <param name="calls">How many calls of each way are counted.</param>
    public static async Task PrintAsync((string Name, Func<Task> Call)[] ways, int inFlight, int each, int calls)
    {
        double[][] times = await MeasureAsync([.. ways.Select(static way => way.Call)], inFlight, each, calls);
        for (int i = 0; i < ways.Length; i++)
        {
            double p50 = Of(times[i], 0.5);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {ways[i].Name} | {inFlight} | {p50:0.0} µs | {Of(times[i], 0.99):0.0} µs | {p50 - Of(times[0], 0.5):0.0} µs | {p50 / Of(times[0], 0.5):0.000} | {Of(times[i], 0.99) / Of(times[0], 0.99):0.00} |"));
        }
    }

    public static void PrintHead()
    {
        Console.WriteLine("| way | in flight | p50 | p99 | added p50 | ratio of p50 | ratio of p99 |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|");
    }

    private static async Task<double[][]> MeasureAsync(Func<Task>[] ways, int inFlight, int each, int calls)
    {
        int turns = calls / (inFlight * each);
        double[][] times = [.. ways.Select(_ => new double[turns * inFlight * each])];
        for (int turn = -Math.Max(2, WarmUp / (inFlight * each)); turn < turns; turn++)
        {
            for (int way = 0; way < ways.Length; way++)
            {
                Memory<double> into = turn < 0 ? new double[inFlight * each] : times[way].AsMemory(turn * inFlight * each, inFlight * each);
                await Task.WhenAll(Enumerable.Range(0, inFlight).Select(caller => CallAsync(ways[way], into.Slice(caller * each, each))));
            }
        }

        Array.ForEach(times, Array.Sort);
        return times;
    }

    private static async Task CallAsync(Func<Task> call, Memory<double> into)
    {
        for (int i = 0; i < into.Length; i++)
        {
            long start = TimeProvider.System.GetTimestamp();
            await call();
            into.Span[i] = TimeProvider.System.GetElapsedTime(start).TotalMicroseconds;
        }
    }

    private static double Of(double[] sorted, double share) => sorted[(int)((sorted.Length - 1) * share)];
}
