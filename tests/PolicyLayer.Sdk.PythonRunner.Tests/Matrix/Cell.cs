using PolicyLayer.Sdk.Python.Tests.Support;

namespace PolicyLayer.Sdk.Python.Tests.Matrix;

/// <summary>One payload with some layers off: run, and looked at from outside.</summary>
internal sealed record Cell(Payload Payload, bool Succeeded, Ending Ending)
{
    private const int MostTries = 4;
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(0.7);

    public string Detail => $"{Payload.Name}: {Ending.Outcome} {Ending.Code}\n{Ending.Output}{Ending.Errors}";

    /// <summary>Runs it in the sandbox without these layers.</summary>
    /// <param name="payload">What is run.</param>
    /// <param name="python">The interpreter.</param>
    /// <param name="off">The layers that are left out.</param>
    /// <param name="hoped">It should succeed: what comes of it may take a moment to be seen, and is waited for.</param>
    public static Task<Cell> SandboxedAsync(Payload payload, string python, IEnumerable<string> off, bool hoped) =>
        RunAsync(payload, python, hoped, async (path, code) =>
        {
            PythonRunner runner = Sandbox.Runner(o =>
            {
                o.PythonPath = path;
                o.MaxStdoutBytes = o.MaxStderrBytes = Seen.OutputCap;
                o.Allow([.. payload.Allow, .. payload.IsNative ? ["ctypes"] : Array.Empty<string>()]);
                o.Without([.. off.Union(payload.IsNative ? ["audit", "import_gate"] : [])]);
            });
            PythonResult result = await runner.RunAsync(code, new PythonRunOptions { Timeout = Time(payload) }, TestContext.Current.CancellationToken);
            return new Ending(result.Outcome, result.Stdout, result.Stderr + result.Error, result.ReturnCode);
        });

    /// <summary>Runs it in a plain interpreter.</summary>
    public static Task<Cell> BareAsync(Payload payload, string python) =>
        RunAsync(payload, python, hoped: true, (path, code) => BareRun.RunAsync(path, code, Time(payload)));

    private static TimeSpan Time(Payload payload) => payload.Evidence == Evidence.Unstoppable ? Short : Long;

    /// <summary>What is hoped for is tried again: a busy machine may look away while a process lives, and one success is proof.</summary>
    private static async Task<Cell> RunAsync(Payload payload, string python, bool hoped, Func<string, string, Task<Ending>> run)
    {
        Cell cell = await RunOnceAsync(payload, python, hoped, run);
        for (int tries = 1; hoped && !cell.Succeeded && tries < MostTries; tries++)
        {
            cell = await RunOnceAsync(payload, python, hoped, run);
        }

        return cell;
    }

    private static async Task<Cell> RunOnceAsync(Payload payload, string python, bool hoped, Func<string, string, Task<Ending>> run)
    {
        Plants.FillEnvironment();
        using var stage = new Stage(payload);
        bool isWatched = payload.Evidence is Evidence.Process or Evidence.Outliving or Evidence.Memory;
        string path = payload.Enclosure is { } enclosure ? stage.Enclose(enclosure, python) : isWatched ? stage.Folder.Interpreter(python) : python;
        await using Observer? observer = isWatched ? new Observer(path) : null;
        stage.Open();
        Ending ending = await run(path, stage.Code);
        return new Cell(payload, await new Seen(stage, observer, ending).IsSuccessAsync(payload, hoped), ending);
    }
}
