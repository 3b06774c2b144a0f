using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PolicyLayer.Sdk;

namespace PolicyLayer.EndToEnd.Tests.Ways.Adapters;

/// <summary>The guard itself.</summary>
internal sealed class CoreWay : IWay
{
    private readonly WayCase _case;
    private readonly Trail? _trail;
    private readonly Func<string, ToolArguments?> _read;
    private readonly ServiceProvider _services;
    private readonly Dictionary<string, ToolCallContext> _contexts;

    /// <param name="of">The case.</param>
    /// <param name="trail">The audit; null for none, as most hosts have it.</param>
    /// <param name="read">How the arguments' text is held; null as it is. It answers null where they cannot be held so.</param>
    public CoreWay(WayCase of, Trail? trail, Func<string, ToolArguments?>? read = null)
    {
        _case = of;
        _trail = trail;
        _read = read ?? (static text => ToolArguments.FromUtf8(Encoding.UTF8.GetBytes(text)));
        _services = Guards.Provide(of, trail);
        _contexts = of.Tools.ToDictionary(WayCase.NameOf, static tool => new ToolCallContext
        {
            InputSchema = ToolSchema.Compile(tool.GetProperty("inputSchema")),
            ToolAnnotations = tool.TryGetProperty("annotations", out JsonElement annotations) ? annotations : default,
        });
    }

    public static ToolArguments? AsElement(string text)
    {
        try
        {
            return new ToolArguments(JsonElement.Parse(text));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static ToolArguments? AsMembers(string text) => ArgumentMembers.Read(text) is { } members ? new ToolArguments(members) : null;

    public async Task<Answer?> CallAsync(WayCall call)
    {
        ToolGuard guard = _services.GetRequiredService<ToolGuard>();
        string? text = call is { IsOdd: true, Arguments: "null" } ? null : call.Arguments;
        if ((text is null ? default(ToolArguments) : _read(text)) is not { } arguments)
        {
            return null;
        }

        ToolDecision decision = await guard.AuthorizeAsync(new ToolCall(Grant.Default, call.Tool, arguments) { Context = _contexts.GetValueOrDefault(call.Tool) });
        string told = Told(call, decision);
        string ran = told is ToldWords.Result or ToldWords.Failed ? Canonical.Of(call.Tool, text is null ? default : JsonElement.Parse(text)) : string.Empty;
        ToolOutcome? outcome = !decision.IsAllowed ? null : told == ToldWords.Result ? ToolOutcome.Ok : told == ToldWords.Failed ? ToolOutcome.Error : ToolOutcome.NotRun;
        if (outcome is { } settled)
        {
            await guard.CompleteAsync(decision, settled);
        }

        _trail?.Take(null);

        // How a call of no tool is settled, each way says in its own words: a server of another's that says so is an error.
        return new Answer(Canonical.Of(decision.ToJsonElement()), told, ran, outcome == ToolOutcome.NotRun ? null : $"{outcome}");
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private string Told(WayCall call, in ToolDecision decision) =>
        decision.AnswerAsUnknownTool ? ToldWords.Unknown
        : !decision.IsAllowed ? Canonical.Of(decision.ForCaller().ToJsonElement())
        : _case.Find(call.Tool) is null ? ToldWords.Unknown
        : call.Tool == WayCase.Failing ? ToldWords.Failed
        : ToldWords.Result;
}
