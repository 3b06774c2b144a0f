namespace PolicyLayer.Cli.Auditing;

/// <summary>Shows what is written to a trail, as it is written.</summary>
internal static class TrailFollower
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Goes on until it is told to stop.</summary>
    public static async Task RunAsync(FollowedTrail trail, TrailPrinter printer, Action flush, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
                foreach (ShownLine line in trail.ReadNew(cancellationToken).Select(printer.Take).OfType<ShownLine>())
                {
                    printer.Print(line);
                }

                flush();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // There is no other end.
        }
    }
}
