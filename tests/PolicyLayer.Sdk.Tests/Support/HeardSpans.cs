using System.Diagnostics;

namespace PolicyLayer.Sdk.Tests.Support;

/// <summary>A span of a test's own that is current while it lives, and every span below it that has ended; those of other tests are never made.</summary>
internal sealed class HeardSpans : IDisposable
{
    /// <summary>What stores of tests start spans of.</summary>
    public static readonly ActivitySource OfTests = new("PolicyLayer.Sdk.Tests");

    private readonly ActivityListener _listener;
    private readonly List<Activity> _ended = [];

    /// <param name="started">What the listener does when a span starts.</param>
    /// <param name="ended">What it does when one ends; null keeps it.</param>
    public HeardSpans(Action<Activity>? started = null, Action<Activity>? ended = null)
    {
        Root = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();
        ActivityTraceId trace = Root.TraceId;
        _listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name is ToolPolicyTelemetry.ActivitySourceName or "PolicyLayer.Sdk.Tests",
            Sample = (ref ActivityCreationOptions<ActivityContext> options) => options.TraceId == trace ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStarted = span => Tell(started, span),
            ActivityStopped = span => Tell(ended ?? Keep, span),
        };

        // All who listen to a source hear of every span that one of them wanted.
        void Tell(Action<Activity>? hear, Activity span)
        {
            if (span.TraceId == trace)
            {
                hear?.Invoke(span);
            }
        }

        ActivitySource.AddActivityListener(_listener);
    }

    public Activity Root { get; }

    public IReadOnlyList<Activity> Ended
    {
        get
        {
            lock (_ended)
            {
                return [.. _ended];
            }
        }
    }

    /// <summary>Everything that the spans say.</summary>
    public string Text => string.Join('\n', Ended.Select(static span => $"{span.OperationName} {span.DisplayName} {span.StatusDescription} {Tags(span)} {string.Join(' ', span.Events.Select(static one => one.Name))}"));

    public static string Tags(Activity span) => string.Join(", ", span.TagObjects.Select(static tag => $"{tag.Key}={tag.Value}"));

    public void Dispose()
    {
        _listener.Dispose();
        Root.Dispose();
    }

    private void Keep(Activity span)
    {
        lock (_ended)
        {
            _ended.Add(span);
        }
    }
}
