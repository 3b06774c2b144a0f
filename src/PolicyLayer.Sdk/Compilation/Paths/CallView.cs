namespace PolicyLayer.Sdk.Compilation.Paths;

/// <summary>A call as conditions, scopes and amounts see it. One call sees one moment, and the clock is read only where somebody asks.</summary>
/// <param name="call">The call, not copied.</param>
/// <param name="clock">The clock.</param>
/// <param name="moment">Where the moment is kept; the default until it is asked for.</param>
internal readonly ref struct CallView(ref readonly ToolCall call, TimeProvider clock, ref DateTimeOffset moment)
{
    private readonly ref readonly ToolCall _call = ref call;
    private readonly ref DateTimeOffset _moment = ref moment;

    public ref readonly ToolCall Call => ref _call;

    public DateTimeOffset Time
    {
        get
        {
            if (_moment == default)
            {
                _moment = clock.GetUtcNow();
            }

            return _moment;
        }
    }
}
