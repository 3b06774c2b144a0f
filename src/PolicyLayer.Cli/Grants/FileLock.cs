namespace PolicyLayer.Cli.Grants;

/// <summary>Lets one command at a time change a file. The system lets go of it with the process, however that ends.</summary>
internal static class FileLock
{
    private const int UnixWouldBlock = 11;
    private const int MacWouldBlock = 35;
    private const int WindowsSharingViolation = unchecked((int)0x80070020);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits up to five seconds for those who came before.</summary>
    /// <param name="path">The file that is to be changed. The lock is an empty file beside it, which stays: whoever took it away could let two in.</param>
    /// <param name="time">The clock that is waited by.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The lock; disposed, it is free.</returns>
    /// <exception cref="UsageException">Another command has it all that time, or its file cannot be made.</exception>
    public static async Task<IDisposable> TakeAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        while (true)
        {
            if (TryTake(path) is { } taken)
            {
                return taken;
            }

            if (time.GetElapsedTime(start) >= Patience)
            {
                throw new UsageException($"{path}: another command is changing the file (it holds {path}.lock); try again when it has ended");
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static FileStream? TryTake(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            return new FileStream(path + ".lock", options);
        }
        catch (IOException e) when (e.HResult is UnixWouldBlock or MacWouldBlock or WindowsSharingViolation)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path}: the file cannot be changed, for {path}.lock cannot be made; check that its folder exists, may be written to and has room");
        }
    }
}
