using System.Globalization;
using PolicyLayer.Sdk;

namespace PolicyLayer.Benchmarks.Stores;

/// <summary>How long a reservation takes on a shared store, with one limit and with three of each kind, beside the bare round trip of the same server, in turns.</summary>
internal static class StoreLatency
{
    private const int WarmUp = 5_000;
    private const int Rounds = 5_000;
    private const int NeverReached = 1_000_000_000;

    private static readonly CounterLimit Fixed = CounterLimit.Create(LimitAlgorithm.Fixed, NeverReached, TimeSpan.FromHours(1));

    /// <summary>Short, so that as many admissions leave as come, and a dozen are there.</summary>
    private static readonly CounterLimit Sliding = CounterLimit.Create(LimitAlgorithm.Sliding, NeverReached, TimeSpan.FromSeconds(1));

    /// <param name="places">Each <c>sqlite:FILE</c>, <c>postgres:CONNECTION</c> or <c>redis:CONFIGURATION</c>.</param>
    public static async Task RunAsync(IEnumerable<string> places)
    {
        Console.WriteLine("| store | question | p50 | p99 | a second, 16 at once | ratio of p50 |");
        Console.WriteLine("|---|---|---:|---:|---:|---:|");
        foreach (string place in places)
        {
            await using StoreUnderTest store = await StoreUnderTest.OpenAsync(place);
            (string Question, Func<Task> Ask)[] questions =
            [
                ("bare round trip", store.BareAsync),
                ("1 fixed limit", () => store.ReserveAsync(1, Fixed)),
                ("3 fixed limits", () => store.ReserveAsync(3, Fixed)),
                ("1 sliding limit", () => store.ReserveAsync(1, Sliding)),
                ("3 sliding limits", () => store.ReserveAsync(3, Sliding)),
            ];
            double[][] times = await MeasureAsync(questions);
            for (int i = 0; i < questions.Length; i++)
            {
                double perSecond = await ThroughputAsync(questions[i].Ask);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {store.Name} | {questions[i].Question} | {Of(times[i], 0.5):0} µs | {Of(times[i], 0.99):0} µs | {perSecond:0} | {Of(times[i], 0.5) / Of(times[0], 0.5):0.00} |"));
            }
        }
    }

    /// <summary>One of each in turn, so that whatever else the machine does meets all of them alike.</summary>
    private static async Task<double[][]> MeasureAsync((string Question, Func<Task> Ask)[] questions)
    {
        double[][] times = [.. questions.Select(static _ => new double[Rounds])];
        for (int round = -WarmUp; round < Rounds; round++)
        {
            for (int i = 0; i < questions.Length; i++)
            {
                long start = TimeProvider.System.GetTimestamp();
                await questions[i].Ask();
                if (round >= 0)
                {
                    times[i][round] = TimeProvider.System.GetElapsedTime(start).TotalMicroseconds;
                }
            }
        }

        Array.ForEach(times, Array.Sort);
        return times;
    }

    private static async Task<double> ThroughputAsync(Func<Task> ask)
    {
        long start = TimeProvider.System.GetTimestamp();
        await Parallel.ForEachAsync(Enumerable.Range(0, Rounds), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (_, _) => await ask());
        return Rounds / TimeProvider.System.GetElapsedTime(start).TotalSeconds;
    }

    private static double Of(double[] sorted, double share) => sorted[(int)((sorted.Length - 1) * share)];
}
