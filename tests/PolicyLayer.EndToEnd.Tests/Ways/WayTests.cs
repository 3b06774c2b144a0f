using System.Globalization;
using PolicyLayer.EndToEnd.Tests.Ways.Adapters;
using PolicyLayer.EndToEnd.Tests.Ways.Generation;

namespace PolicyLayer.EndToEnd.Tests.Ways;

/// <summary>One policy is one decision, whatever way a call comes in: the same verdict and text, run or not run with what was judged, and counted alike.</summary>
public sealed class WayTests
{
    /// <summary>How many cases an ordinary run tries; <c>eng/fuzz.sh</c> sets how many times as many.</summary>
    private const int CasesOfARun = 60;

    /// <summary>A process is slow to start: one case in so many has one.</summary>
    private const int CasesPerProcess = 8;

    [Fact(Timeout = 900_000)]
    public async Task Every_way_in_decides_alike()
    {
        if (!StdioProxyWay.IsPossible)
        {
            TestContext.Current.AddWarning("python3 is missing, so the proxy on stdio is left out");
        }

        await using Upstream upstream = await Upstream.StartAsync();
        var tally = new Tally();
        for (int seed = Variable("POLICYLAYER_SEED") ?? 1; tally.Cases < CasesOfARun * (Variable("POLICYLAYER_FUZZ") ?? 1); seed++)
        {
            WayCase made = GeneratedCase.Make(seed);
            Answer[] reference = await ReferenceAsync(made);
            tally.Add(reference);
            await RefusedCallsCountNothingAsync(made, reference);
            foreach ((string name, Func<Task<Answer?[]>> ask) in Ways(made, upstream))
            {
                Compare(name, made, reference, await AskAsync(name, ask, made));
            }
        }

        tally.IsRich();
    }

    private static (string Name, Func<Task<Answer?[]>> Ask)[] Ways(WayCase of, Upstream upstream) =>
    [
        ("the guard, of elements", () => AskAsync(new CoreWay(of, new Trail(), CoreWay.AsElement), of)),
        ("the guard, of members", () => AskAsync(new CoreWay(of, null, CoreWay.AsMembers), of)),
        ("the guard, with an audit", () => AskAsync(new CoreWay(of, new Trail()), of)),
        ("eval", () => EvalWay.AskAsync(of, isRaw: false)),
        ("eval of raw arguments", () => EvalWay.AskAsync(of, isRaw: true)),
        ("functions", () => AskAsync(new FunctionWay(of, isInvoker: false), of)),
        ("an invoker of functions", () => AskAsync(new FunctionWay(of, isInvoker: true), of)),
        ("an MCP server", async () => await AskAsync(await ServerWay.OpenAsync(of), of)),
        ("an MCP server over HTTP", async () => await AskAsync(await HttpServerWay.OpenAsync(of), of)),
        ("protected handlers", async () => await AskAsync(await ServerWay.OpenProtectedAsync(of), of)),
        ("an MCP client", async () => await AskAsync(await ClientWay.OpenAsync(of), of)),
        ("the proxy over HTTP", async () => await AskAsync(await HttpProxyWay.OpenAsync(of, upstream), of)),
        .. StdioProxyWay.IsPossible && of.Seed % CasesPerProcess == 0 ? [("the proxy on stdio", async () => await AskAsync(await StdioProxyWay.OpenAsync(of), of))] : Array.Empty<(string, Func<Task<Answer?[]>>)>(),
    ];

    private static async Task<Answer[]> ReferenceAsync(WayCase of) => [.. (await AskAsync(new CoreWay(of, null), of)).Select(static answer => answer!)];

    /// <summary>A way's answers; one that gives none says which case it was.</summary>
    private static async Task<Answer?[]> AskAsync(string name, Func<Task<Answer?[]>> ask, WayCase of)
    {
        try
        {
            return await ask();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new InvalidOperationException($"{name} gives no answers\n{of}", e);
        }
    }

    private static async Task<Answer?[]> AskAsync(IWay way, WayCase of)
    {
        await using (way)
        {
            var answers = new Answer?[of.Calls.Count];
            for (int i = 0; i < answers.Length; i++)
            {
                answers[i] = await way.CallAsync(of.Calls[i]);
            }

            return answers;
        }
    }

    /// <summary>Without the calls that were refused the others are decided as before.</summary>
    private static async Task RefusedCallsCountNothingAsync(WayCase made, Answer[] reference)
    {
        WayCase fewer = made with { Calls = [.. made.Calls.Where((_, i) => !reference[i].IsRefusal)] };
        Compare("the guard, without refused calls", fewer, [.. reference.Where(static answer => !answer.IsRefusal)], await AskAsync(new CoreWay(fewer, null), fewer));
    }

    private static void Compare(string way, WayCase of, Answer[] reference, Answer?[] answers)
    {
        for (int i = 0; i < answers.Length; i++)
        {
            // What nobody reads for certain may be refused in another way, or where the guard alone would take it; never the other way round.
            bool isRight = answers[i] is not { } answer || answer.Agrees(reference[i]) || (of.Calls[i].IsOdd && answer.IsRefusal);
            Assert.True(isRight, $"{way} differs at call {i}\nthe guard {reference[i]}\nthis way  {answers[i]}\n{of}");
        }
    }

    private static int? Variable(string name) => int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null;
}
