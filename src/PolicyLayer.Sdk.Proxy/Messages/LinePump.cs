namespace PolicyLayer.Sdk.Proxy.Messages;

/// <summary>Passes lines of one side on to the other.</summary>
internal static class LinePump
{
    /// <summary>Passes them on until there are no more, or one of the two sides is gone.</summary>
    /// <param name="lines">Where from.</param>
    /// <param name="pass">Takes a line.</param>
    /// <param name="to">Where those lines go that pass.</param>
    /// <param name="canPart">Says of the beginning of a long line whether it may pass in parts; null where none may.</param>
    public static async Task RunAsync(LineReader lines, Func<TextLine, ValueTask> pass, LineWriter to, Func<ReadOnlyMemory<byte>, bool>? canPart = null)
    {
        int partAt = canPart is null ? int.MaxValue : lines.PartAt;
        try
        {
            while (await lines.ReadAsync(partAt, canPart, CancellationToken.None).ConfigureAwait(false) is { } line)
            {
                ValueTask passing = pass(line);
                if (!line.IsPart && (!line.IsFollowed || !passing.IsCompletedSuccessfully))
                {
                    // What has passed waits for nothing, and is not lost with what fails.
                    await to.FlushAsync().ConfigureAwait(false);
                }

                await passing.ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Gone is gone: the end of the run settles what is open.
        }
    }
}
