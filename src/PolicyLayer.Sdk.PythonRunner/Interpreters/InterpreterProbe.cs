using System.Buffers.Binary;
using System.ComponentModel;
using System.Text;
using PolicyLayer.Sdk.Python.Bootstrap;
using PolicyLayer.Sdk.Python.Execution;

namespace PolicyLayer.Sdk.Python.Interpreters;

/// <summary>Starts an interpreter once, to learn its real path and to let it compile the bootstrap.</summary>
internal static class InterpreterProbe
{
    private const int MaxAnswer = 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<ProbeAnswer> AskAsync(string path, TimeProvider time)
    {
        if (!OperatingSystem.IsLinux())
        {
            return new ProbeAnswer(null, Advice.NotLinux);
        }

        string? file;
        PythonProcess process;
        try
        {
            file = InterpreterPath.Find(path);
            if (file is null)
            {
                return new ProbeAnswer(null, Advice.NotFound(path));
            }

            process = PythonProcess.Start(file, ["-I", "-S", "-E", "-B", "-X", "utf8", "-c", BootstrapSource.Probe], ownEnvironment: false, time);
        }
        catch (Exception e) when (e is Win32Exception or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new ProbeAnswer(null, Advice.NotStarted(path, e));
        }

        await using (process.ConfigureAwait(false))
        {
            using var patience = new CancellationTokenSource(Patience, time);
            try
            {
                Task sending = process.SendAsync(Message(), patience.Token);
                byte[] answer = await ReadAsync(process.Output, patience.Token).ConfigureAwait(false);
                await sending.ConfigureAwait(false);
                return ProbeReader.Read(file, answer);
            }
            catch (OperationCanceledException)
            {
                return new ProbeAnswer(null, Advice.NotPython(path, "it did not answer"));
            }
            catch (Exception e) when (e is InvalidDataException or IOException)
            {
                string said = await process.EndAsync().ConfigureAwait(false);
                return new ProbeAnswer(null, Advice.NotPython(path, said.Length > 0 ? said : e.Message));
            }
        }
    }

    private static byte[] Message()
    {
        byte[] source = Encoding.UTF8.GetBytes(BootstrapSource.Program);
        var message = new byte[4 + source.Length];
        BinaryPrimitives.WriteInt32LittleEndian(message, source.Length);
        source.CopyTo(message, 4);
        return message;
    }

    private static async Task<byte[]> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var answer = new byte[MaxAnswer];
        int size = await stream.ReadAtLeastAsync(answer, MaxAnswer, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return size < MaxAnswer ? answer[..size] : throw new InvalidDataException("it wrote without end");
    }
}
