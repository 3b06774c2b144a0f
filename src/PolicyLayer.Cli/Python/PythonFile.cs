using System.Text;

namespace PolicyLayer.Cli.Python;

/// <summary>Reads a program.</summary>
internal static class PythonFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="UsageException">It cannot be read, or is no text.</exception>
    public static async Task<string> ReadAsync(string path, Stream input, int most, CancellationToken cancellationToken)
    {
        bool isInput = path == PolicyFiles.StandardInput;
        string name = PolicyFiles.NameOf(path);
        try
        {
            // One byte more than may be run: what is longer is refused by the runner, not read to its end.
            byte[] bytes = new byte[most + 1];
            int size = await Task.Run(() => isInput ? Read(input, bytes) : Read(path, bytes), CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(false);
            return size > most
                ? throw new UsageException($"{name}: the program is longer than {most} bytes")
                : Strict.GetString(bytes, 0, size);
        }
        catch (DecoderFallbackException e)
        {
            throw new UsageException($"{name}: the program is not UTF-8 (byte {e.Index})");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(PolicyFiles.WhyNotRead(path, e, "a program"));
        }
    }

    // A console cannot be read with a token, nor a pipe be opened with one that nobody writes to yet, so both are left
    // behind when somebody stops the command.
    private static int Read(Stream stream, byte[] bytes) => stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);

    private static int Read(string path, byte[] bytes)
    {
        using FileStream stream = File.OpenRead(path);
        return Read(stream, bytes);
    }
}
