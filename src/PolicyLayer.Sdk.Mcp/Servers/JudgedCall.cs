using System.Runtime.InteropServices;
using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using PolicyLayer.Sdk.Mcp.Telemetry;

namespace PolicyLayer.Sdk.Mcp.Servers;

/// <summary>What was judged, and what was decided: carried by the request while it is on its way to the tool.</summary>
internal sealed class JudgedCall
{
    private const string Key = "policylayer/call";

    private readonly ToolGuard _guard;
    private readonly RequestContext<CallToolRequestParams> _context;
    private readonly IMcpServerPrimitive? _primitive;
    private readonly string? _name;
    private readonly bool _hasHandler;
    private readonly KeyValuePair<string, JsonElement>[] _arguments;
    private object? _enclosing;

    /// <param name="guard">Who judges.</param>
    /// <param name="context">The call as it came.</param>
    /// <param name="hasHandler">Whether a handler takes calls of tools that the server itself does not know.</param>
    public JudgedCall(ToolGuard guard, RequestContext<CallToolRequestParams> context, bool hasHandler)
    {
        _guard = guard;
        _context = context;
        _primitive = context.MatchedPrimitive;
        _hasHandler = hasHandler;
        MayExist = hasHandler || _primitive is not null;
        _name = context.Params?.Name;
        _arguments = context.Params?.Arguments is { Count: > 0 } arguments ? [.. arguments] : [];
    }

    /// <summary>The tool that runs. Its own name counts: a collection may find it by another, in another case say.</summary>
    public string Tool => _primitive?.Id ?? _name ?? string.Empty;

    /// <summary>Whether there is a tool, or a handler that may know one.</summary>
    public bool MayExist { get; }

    public ToolDecision Decision { get; set; }

    /// <summary>Whether the tool was reached. A tool that does not exist never is: what comes next is the SDK's own error.</summary>
    public bool HasRun { get; private set; }

    /// <summary>Whether a denied call gets the SDK's error for unknown tools: a hidden one, and one that does not exist, which a spent limit would otherwise tell from it.</summary>
    public bool AnswersAsUnknownTool => Decision.AnswerAsUnknownTool
        || (Decision.ForCaller().Reason == DecisionReason.LimitExceeded && !(Decision.Reason == DecisionReason.Hidden ? _hasHandler : MayExist));

    /// <summary>The judgement under which a request runs, or null.</summary>
    public static JudgedCall? Of(RequestContext<CallToolRequestParams> context) =>
        context.Items.TryGetValue(Key, out object? call) && call is JudgedCall judged && ReferenceEquals(judged._context, context) ? judged : null;

    /// <summary>The last step before a tool or a handler: it runs only as it was judged.</summary>
    public static McpRequestHandler<CallToolRequestParams, CallToolResult> RunOnlyIfUnchanged(McpRequestHandler<CallToolRequestParams, CallToolResult> next) =>
        (context, cancellationToken) =>
        {
            if (Of(context) is not { } call || !call.IsUnchanged(context))
            {
                return new ValueTask<CallToolResult>(RefuseChanged(context));
            }

            call.HasRun |= call.MayExist;
            return next(context, cancellationToken);
        };

    /// <summary>The answer to a call that is not, or no longer, the one that was judged; the log has it.</summary>
    public static CallToolResult RefuseChanged(RequestContext<CallToolRequestParams> context)
    {
        Log.ChangedCall(context, context.MatchedPrimitive?.Id ?? "the custom handler");
        return Refusal.OfChangedCall(context);
    }

    public bool IsJudgedBy(ToolGuard guard) => ReferenceEquals(_guard, guard);

    /// <summary>From here on the request runs under this judgement.</summary>
    public void Begin()
    {
        _context.Items.TryGetValue(Key, out _enclosing);
        _context.Items[Key] = this;
    }

    /// <summary>The judgement is used up: whoever goes on with the request later is refused.</summary>
    public void End() => _context.Items[Key] = _enclosing;

    /// <summary>Whether a context, the request's own or a task's, still holds what was judged.</summary>
    public bool IsUnchanged(RequestContext<CallToolRequestParams> context) =>
        ReferenceEquals(context.MatchedPrimitive, _primitive)
        && context.Params?.Name == _name
        && HoldsSame(context.Params?.Arguments);

    private bool HoldsSame(IDictionary<string, JsonElement>? arguments) => arguments switch
    {
        null => _arguments.Length == 0,

        // What the SDK makes: its enumerator need not be boxed.
        Dictionary<string, JsonElement> own => HoldsSame(own.GetEnumerator()),
        _ => HoldsSame(arguments.GetEnumerator()),
    };

    private bool HoldsSame<TEnumerator>(TEnumerator arguments)
        where TEnumerator : IEnumerator<KeyValuePair<string, JsonElement>>
    {
        using (arguments)
        {
            foreach ((string name, JsonElement value) in _arguments)
            {
                if (!arguments.MoveNext() || arguments.Current.Key != name || !IsSame(value, arguments.Current.Value))
                {
                    return false;
                }
            }

            return !arguments.MoveNext();
        }
    }

    /// <summary>Compares texts. Values that nobody touched are the same memory, so nothing is read.</summary>
    private static bool IsSame(JsonElement judged, JsonElement value) =>
        value.ValueKind == judged.ValueKind && JsonMarshal.GetRawUtf8Value(value).SequenceEqual(JsonMarshal.GetRawUtf8Value(judged));
}
