using System.Diagnostics;
using System.Text;

namespace PolicyLayer.Sdk.Python.Tests.Matrix;

/// <summary>A plain interpreter, started as a host would that knows no sandbox: its own environment, its own descriptors, no limit.</summary>
internal static class BareRun
{
    public static async Task<Ending> RunAsync(string python, string code, TimeSpan timeout)
    {
        var start = new ProcessStartInfo(python, ["-I", "-S", "-E", "-B", "-X", "utf8", "-c", code])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.Latin1,
        };
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(timeout, TimeProvider.System);
        bool ended = true;
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            ended = false;
            process.Kill(entireProcessTree: true);
        }

        return new Ending(ended ? null : PythonOutcome.Timeout, await output, await errors, ended ? process.ExitCode : -1);
    }
}

/// <summary>How a payload ended, in the sandbox or without any; without one there is an outcome only for a time-out.</summary>
internal sealed record Ending(PythonOutcome? Outcome, string Output, string Errors, int Code);
