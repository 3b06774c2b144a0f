using System.Text.Json;
using PolicyLayer.Sdk;

namespace PolicyLayer.EndToEnd.Tests.Ways.Generation;

/// <summary>Cases: policies, tools, calls near what the policies speak of, the same again for the counters, and in the end an odd one.</summary>
internal sealed class GeneratedCase
{
    private static readonly string[] Tools = ["\"pay\"", "\"Pay\"", "\"search\"", "\"list_files\"", "\"list_users\"", "\"fail\"", "\"naïve\""];

    private static readonly string[] CalledTools =
        [.. Tools, "\"p\\u0061y\"", "\"na\\u00efve\"", "\"list\\u005ffiles\"", "\"missing\"", "\"PAY\"", "\"pay \"", "\"nai\u0308ve\"", "\"*\"", "\"\""];

    private readonly Draw _draw;
    private readonly GeneratedValue _values;

    private GeneratedCase(int seed)
    {
        _draw = new Draw(seed);
        _values = new GeneratedValue(_draw);
    }

    public static WayCase Make(int seed)
    {
        var made = new GeneratedCase(seed);
        return made.Make(made._draw.OneIn(4) ? 2 : 1, seed);
    }

    private WayCase Make(int count, int seed)
    {
        var policy = new GeneratedPolicy(_draw, _values);
        List<string> policies = [];
        while (policies.Count < count)
        {
            if (policy.Make() is { } made && GeneratedPolicy.IsRight(made))
            {
                policies.Add(made);
            }
        }

        var schemas = new GeneratedSchema(_draw, _values);
        string annotations = _draw.OneIn(3) ? string.Empty : $$""","annotations":{"readOnlyHint":{{_draw.Of("true", "false")}}}""";
        JsonElement[] tools = [.. Tools.Select(name => JsonElement.Parse($$"""{"name":{{name}},"inputSchema":{{schemas.Make()}}{{annotations}}}"""))];
        var calls = Enumerable.Range(0, 16).Select(_ => Call()).ToList();
        calls.AddRange(Enumerable.Range(0, 8).Select(_ => _draw.Of(calls)).ToList());

        if (policies.Exists(static text => text.Contains("limit", StringComparison.Ordinal)))
        {
            calls.RemoveAll(call => ComesToLimits(call, policies));
        }

        calls.Add(new WayCall(_draw.Of(Tools), _draw.Of(Texts.OddArguments), IsOdd: true));
        return new WayCase(seed, policies, tools, calls);
    }

    /// <summary>Whether the limits are asked about a tool that does not exist. A proxy, which does not know that, counts the call; a server says of a spent limit that there is no such tool.</summary>
    private static bool ComesToLimits(WayCall call, IEnumerable<string> policies)
    {
        if (Array.Exists(Tools, tool => JsonElement.Parse(tool).GetString() == call.Tool))
        {
            return false;
        }

        var guard = ToolGuard.Create([.. policies.Select(static (text, i) => ToolPolicy.Parse(text, Guards.NameOf(i)))]);
        ToolArguments arguments = call.Arguments is null ? default : JsonElement.Parse(call.Arguments);
        ToolDecision decision = guard.AuthorizeAsync(new ToolCall(Grant.Default, call.Tool, arguments)).AsTask().GetAwaiter().GetResult();
        return decision.IsAllowed || decision.Reason is DecisionReason.ApprovalRequired or DecisionReason.LimitExceeded;
    }

    private WayCall Call()
    {
        if (_draw.OneIn(15))
        {
            return new WayCall(_draw.Of(CalledTools[..^2]), null);
        }

        IEnumerable<string> members = Texts.Names.Where(_ => _draw.OneIn(4)).Select(name => $"{Respelt(name)}:{_values.Near()}").ToList();
        string tool = _draw.Of(_draw.OneIn(2) ? Tools[..3] : CalledTools);
        return new WayCall(tool, $"{{{string.Join(_draw.Of(",", ", "), members)}}}", IsOdd: tool == "\"\"");
    }

    private string Respelt(string name) => _draw.Below(12) switch
    {
        0 when name.Length > 2 && name[1] is >= 'a' and <= 'z' => $"\"\\u{(int)name[1]:x4}{name[2..]}",
        1 => name.ToUpperInvariant(),
        _ => name,
    };
}
