using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using PolicyLayer.Sdk.Python.Bootstrap;
using PolicyLayer.Sdk.Python.Execution;
using PolicyLayer.Sdk.Python.Interpreters;
using PolicyLayer.Sdk.Python.Tests.Support;

namespace PolicyLayer.Sdk.Python.Tests.Protocol;

/// <summary>A supervisor that is spoken to field by field, by a host that may be out of its mind.</summary>
internal sealed class SupervisorTalk
{
    private readonly Interpreter _interpreter;

    private SupervisorTalk(Interpreter interpreter) => _interpreter = interpreter;

    public byte[] Magic => _interpreter.Magic;

    public byte[] Program => _interpreter.Program;

    public static async Task<SupervisorTalk> StartAsync()
    {
        Sandbox.RequireLinux();
        ProbeAnswer answer = await InterpreterProbe.AskAsync("python3", TimeProvider.System);
        Assert.Null(answer.Error);
        return new SupervisorTalk(answer.Interpreter!);
    }

    /// <summary>The configuration as the runner writes it.</summary>
    public string Configuration(params string[] off)
    {
        var options = new PythonRunnerOptions();
        options.Without(off);
        return Encoding.UTF8.GetString(BootstrapConfiguration.Write(RunnerSettings.From(options), _interpreter, new Preparation([], false, TimeSpan.FromSeconds(5))));
    }

    public static byte[] Field(byte[] content)
    {
        var bytes = new byte[4 + content.Length];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, content.Length);
        content.CopyTo(bytes, 4);
        return bytes;
    }

    public static byte[] Field(string content) => Field(Encoding.UTF8.GetBytes(content));

    /// <summary>What makes a locked interpreter, but for what is passed instead.</summary>
    public byte[] Lock(string? configuration = null) => [.. Field(Magic), .. Field(Program), .. Field(configuration ?? Configuration())];

    /// <summary>What makes it run.</summary>
    public static byte[] Run(string timeout = "5", string code = "print('ran')") => [.. Field(timeout), .. Field(code)];

    /// <summary>Says the first part, waits for an answer, says the second.</summary>
    /// <param name="first">What makes a locked interpreter, or part of it.</param>
    /// <param name="second">What makes it run, or part of it.</param>
    /// <param name="hangUp">Whether the host goes away after that, instead of waiting for the end.</param>
    /// <param name="inherits">Python that the process runs before it becomes the supervisor, for what it has from its host.</param>
    /// <returns>All that came back, and the exit code.</returns>
    public async Task<(string Output, int Code)> SayAsync(byte[] first, byte[] second, bool hangUp, string inherits = "")
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        string[] start = [_interpreter.Path, "-I", "-S", "-E", "-B", "-X", "utf8", "-c", BootstrapSource.Stub];
        string[] before = inherits.Length == 0 ? [] : [_interpreter.Path, "-I", "-c", inherits + "; import os, sys; os.execv(sys.argv[1], sys.argv[1:])"];
        string[] command = [.. before, .. start];
        using Process process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync(cancellation);
        await TrySendAsync(process, first, hangUp && second.Length == 0);
        var begin = new byte[4096];
        int size = await process.StandardOutput.BaseStream.ReadAsync(begin, cancellation);
        if (size > 0 && second.Length > 0)
        {
            await TrySendAsync(process, second, hangUp);
        }

        string rest = await process.StandardOutput.ReadToEndAsync(cancellation);
        await errors;
        await process.WaitForExitAsync(cancellation);
        return (Encoding.UTF8.GetString(begin, 0, size) + rest, process.ExitCode);
    }

    private static async Task TrySendAsync(Process process, byte[] message, bool hangUp)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(message, TestContext.Current.CancellationToken);
            await process.StandardInput.BaseStream.FlushAsync(TestContext.Current.CancellationToken);
            if (hangUp)
            {
                process.StandardInput.Close();
            }
        }
        catch (IOException)
        {
            // it did not want to hear the rest
        }
    }
}
