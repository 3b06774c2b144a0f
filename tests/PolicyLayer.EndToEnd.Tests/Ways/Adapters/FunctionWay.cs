using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using PolicyLayer.Sdk;

namespace PolicyLayer.EndToEnd.Tests.Ways.Adapters;

/// <summary>The functions of an agent: guarded each, or by one invoker.</summary>
internal sealed class FunctionWay : IWay
{
    private readonly Trail _trail = new();
    private readonly ServiceProvider _services;
    private readonly Dictionary<string, AIFunction> _functions;
    private readonly ToolPolicyFunctionInvoker? _invoker;
    private int _calls;
    private int _kind;

    /// <param name="of">The case.</param>
    /// <param name="isInvoker">Whether a <see cref="ToolPolicyFunctionInvoker"/> guards them.</param>
    public FunctionWay(WayCase of, bool isInvoker)
    {
        _services = Guards.Provide(of, _trail);
        ToolGuard guard = _services.GetRequiredService<ToolGuard>();

        // All tools of a case have the same annotations, for an agent's functions have none of their own.
        void Configure(ToolPolicyAIOptions options) =>
            options.Context = of.Tools[0].TryGetProperty("annotations", out JsonElement annotations) ? new ToolCallContext { ToolAnnotations = annotations } : null;

        _invoker = isInvoker ? new ToolPolicyFunctionInvoker(guard, Configure) : null;
        _functions = of.Tools.Select(tool => (AIFunction)new RecordingFunction(tool, _trail))
            .Select(function => isInvoker ? function : function.WithToolPolicy(guard, Configure))
            .ToDictionary(static function => function.Name);
    }

    public async Task<Answer?> CallAsync(WayCall call)
    {
        if (!_functions.TryGetValue(call.Tool, out AIFunction? function) || Read(call) is not { } arguments)
        {
            return null;
        }

        string told;
        try
        {
            object? result = await (_invoker?.InvokeAsync(function, arguments) ?? function.InvokeAsync(arguments));
            told = result switch
            {
                "ran" => ToldWords.Result,
                JsonElement refusal => Canonical.Of(refusal),
                string text when text == $"Error: Requested function \"{call.Tool}\" not found." => ToldWords.Unknown,
                _ => $"something else: {result}",
            };
        }
        catch (InvalidDataException)
        {
            told = ToldWords.Failed;
        }

        // A function that an agent does not have meets no policy, and a hidden one is told of in the same words, whatever the policies say of others.
        Answer answer = _trail.Take(told);
        return told == ToldWords.Unknown && answer.Decided!.Contains("\"reason\":\"hidden\"", StringComparison.Ordinal) ? answer with { Told = null } : answer;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    /// <summary>The arguments as chat clients make them: elements, nodes or plain values, by turns. Null where they are no dictionary.</summary>
    private AIFunctionArguments? Read(WayCall call)
    {
        // What is no text cannot be made a plain one.
        _kind = call.IsOdd ? _calls % 2 : _calls % 3;
        _calls++;
        return (call is { Arguments: null } or { IsOdd: true, Arguments: "null" } ? [] : ArgumentMembers.Read(call.Arguments)) is { } members
            ? new AIFunctionArguments(members.ToDictionary(static member => member.Key, member => ValueOf(member.Value)))
            : null;
    }

    private object? ValueOf(JsonElement value) => (_kind, value.ValueKind) switch
    {
        (1, JsonValueKind.Object) => JsonObject.Create(value),
        (1, JsonValueKind.Array) => JsonArray.Create(value),
        (1, JsonValueKind.Null) => null,
        (1, _) => JsonValue.Create(value),
        (2, JsonValueKind.String) => value.GetString(),
        (2, JsonValueKind.True or JsonValueKind.False) => value.GetBoolean(),
        (2, JsonValueKind.Null) => null,
        (2, JsonValueKind.Number) when value.TryGetInt64(out long number) && number.ToString(CultureInfo.InvariantCulture) == value.GetRawText() => number,
        _ => value,
    };
}
