using System.Diagnostics;
using PolicyLayer.Sdk.Decisions;

namespace PolicyLayer.Sdk.Telemetry;

/// <summary>The span of one decision, or none where nobody wants it. A listener that throws is as one that does not want it.</summary>
internal readonly struct DecisionSpan : IDisposable
{
    private static readonly ActivitySource? Source = TryCreateSource(ToolPolicyTelemetry.ActivitySourceName);

    private readonly Activity? _activity;

    private DecisionSpan(Activity? activity) => _activity = activity;

    /// <summary>Whether anybody might want one.</summary>
    public static bool IsAsked => Source is not null && Source.HasListeners();

    /// <summary>A source of spans; null where somebody who listens to sources throws at the sight of it.</summary>
    public static ActivitySource? TryCreateSource(string name)
    {
        try
        {
            return new ActivitySource(name);
        }
        catch (Exception)
        {
            return null;
        }
    }

    /// <summary>Starts a span below the current one. Only in an async method, which leaves its caller the span that was current.</summary>
    /// <param name="tool">The tool, by one of few names.</param>
    public static DecisionSpan Start(string tool)
    {
        Activity? before = Activity.Current;
        try
        {
            return new DecisionSpan(Source?.StartActivity(NameOf(tool)));
        }
        catch (Exception)
        {
            Activity.Current = before;
            return default;
        }
    }

    /// <summary>Says what was decided.</summary>
    /// <param name="decision">The decision.</param>
    /// <param name="tool">The tool, by one of few names, now that it is known whether the call was allowed.</param>
    public void Decided(in ToolDecision decision, string tool)
    {
        if (_activity is null)
        {
            return;
        }

        _activity.DisplayName = NameOf(tool);
        if (decision.Reason.IsFailure())
        {
            _activity.SetStatus(ActivityStatusCode.Error);
        }

        if (_activity.IsAllDataRequested)
        {
            _activity.SetTag(TagNames.Tool, ShownName.Of(decision.Call.Tool));
            _activity.SetTag(TagNames.DecisionId, decision.Id);
            _activity.SetTag(TagNames.Reason, decision.ReasonCode);
            _activity.SetTag(TagNames.Result, DecisionText.Word(decision));
            _activity.SetTag(TagNames.Rule, decision.Rule);
            _activity.SetTag(TagNames.Grant, decision.Call.Grant?.Id);
            _activity.SetTag(TagNames.PolicyVersion, decision.PolicyVersion);
        }
    }

    /// <summary>Ends the span.</summary>
    public void Dispose()
    {
        try
        {
            _activity?.Dispose();
        }
        catch (Exception)
        {
            // Who cannot take the end of a span decides no call.
        }
    }

    private static string NameOf(string tool) => $"authorize {tool}";
}
