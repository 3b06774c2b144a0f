namespace PolicyLayer.Sdk.Python.Tests.Support;

/// <summary>A clock whose timers ring a hundred times too early: what waits ten seconds is seen to wait, without the wait.</summary>
internal sealed class FastTime : TimeProvider
{
    private const int Factor = 100;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / Factor : dueTime, period);
}
