using PolicyLayer.Sdk.Compilation;
using PolicyLayer.Sdk.Telemetry;

namespace PolicyLayer.Sdk.Policies;

/// <summary>Looks for changed policy files once a second, and puts them in force. One that cannot be used leaves the one before in force.</summary>
internal sealed class PolicyReloader(PolicySnapshot snapshot, TimeProvider time, GuardTelemetry telemetry) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private ITimer? _timer;
    private int _isLooking;

    /// <summary>Begins to look, where a source is a file to be looked at.</summary>
    public void Watch(ToolGuard guard)
    {
        if (!snapshot.CanChange())
        {
            return;
        }

        // The guard may be made within the first request: its trace, and whatever else belongs to it, must not go on as long as the host.
        bool isSuppressed = ExecutionContext.IsFlowSuppressed();
        using (isSuppressed ? default : ExecutionContext.SuppressFlow())
        {
            _timer = time.CreateTimer(_ => _ = LookAsync(guard), null, Pause, Pause);
        }
    }

    public void Dispose() => _timer?.Dispose();

    private async Task LookAsync(ToolGuard guard)
    {
        if (Interlocked.Exchange(ref _isLooking, 1) == 1)
        {
            return;
        }

        try
        {
            if (snapshot.Reload(telemetry) is { } policies)
            {
                await guard.ReplaceAsync(new PolicySet([.. policies.Select(static policy => policy.Compiled)])).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            telemetry.ReloadFailed(e);
        }
        finally
        {
            Volatile.Write(ref _isLooking, 0);
        }
    }
}
