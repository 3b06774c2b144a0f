using System.CommandLine;
using PolicyLayer.Cli.Auditing;
using PolicyLayer.Cli.Commands;
using PolicyLayer.Sdk.Testing.Replay;

namespace PolicyLayer.Cli.Replay;

/// <summary>The options of <c>policylayer eval</c>.</summary>
internal sealed class EvalOptions
{
    private readonly Option<string[]> _policies = new Option<string[]>("--policy") { Description = "a policy, - for standard input; with several, every one must allow", Required = true, HelpName = "FILE", AllowMultipleArgumentsPerToken = false }.NamesAFile();
    private readonly Option<string> _tool = new("--tool") { Description = "the tool of one call", HelpName = "NAME" };
    private readonly Option<string> _arguments = new("--args") { Description = "its arguments, an object of JSON", HelpName = "JSON" };
    private readonly Option<string> _calls = new Option<string>("--calls") { Description = "many calls, one JSON object a line; - reads standard input", HelpName = "CALLS.jsonl" }.NamesAFile();
    private readonly Option<string> _grant = new("--grant") { Description = "whose calls they are where a line does not say", HelpName = "ID", DefaultValueFactory = static _ => "default" };
    private readonly Option<string> _tools = new Option<string>("--tools") { Description = "a tools/list result: the annotations that conditions see, and the schemas that arguments must satisfy", HelpName = "TOOLS.json" }.NamesAFile();
    private readonly Option<string> _schemas = ToolSchemas.CreateOption();
    private readonly Option<string> _state = new("--state") { Description = "where counters are kept: memory, or sqlite:FILE to go on where an earlier run ended", HelpName = "STORE", DefaultValueFactory = static _ => StateStore.Memory };
    private readonly Option<bool> _explain = new("--explain") { Description = "show each check and each condition, with the types they saw" };
    private readonly Option<bool> _showValues = new("--show-values") { Description = "with --explain: show the values of arguments too" };
    private readonly Option<string> _format = SharedOptions.Format();
    private readonly Option<bool> _noColor = SharedOptions.NoColor();
    private readonly AuditOptions _audit = new();

    public void AddTo(Command command)
    {
        command.Add(_policies);
        command.Add(_tool);
        command.Add(_arguments);
        command.Add(_calls);
        command.Add(_grant);
        command.Add(_tools);
        command.Add(_schemas);
        command.Add(_state);
        command.Add(_explain);
        command.Add(_showValues);
        command.Add(_format);
        command.Add(_noColor);
        _audit.AddTo(command);
    }

    /// <summary>What the options say.</summary>
    /// <exception cref="UsageException">They do not fit together, or the key of the audit cannot be read.</exception>
    public async Task<EvalSettings> ReadAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        CheckCalls(parsed);
        StateStore state = StateOf(parsed);
        CheckPairs(parsed);
        string[] policies = parsed.GetRequiredValue(_policies);
        string? calls = parsed.GetValue(_calls);
        string? tools = parsed.GetValue(_tools);
        return new EvalSettings
        {
            Policies = policies,
            Tool = parsed.GetValue(_tool),
            Arguments = parsed.GetValue(_arguments),
            Calls = calls,
            Tools = tools,
            Schemas = ToolSchemas.ToEnforcement(parsed.GetValue(_schemas)!),
            State = state,
            Trail = await _audit.ReadAsync(parsed, [.. policies, calls, tools], cancellationToken).ConfigureAwait(false),
            Caller = CallLineReader.NewGrant(parsed.GetValue(_grant)!, "--grant"),
            Explain = parsed.GetValue(_explain),
            ShowValues = parsed.GetValue(_showValues),
            Json = parsed.GetValue(_format) == "json",
            NoColor = parsed.GetValue(_noColor),
        };
    }

    private void CheckCalls(ParseResult parsed)
    {
        string? calls = parsed.GetValue(_calls);
        if ((parsed.GetValue(_tool) is null) == (calls is null))
        {
            throw new UsageException("eval needs either --tool NAME or --calls FILE");
        }

        if (calls is not null && parsed.GetValue(_arguments) is not null)
        {
            throw new UsageException("--args belongs to --tool; the calls of a file have their own arguments");
        }
    }

    private StateStore StateOf(ParseResult parsed)
    {
        StateStore store = StateStore.Parse(parsed.GetValue(_state)!);
        return store.IsServer
            ? throw new UsageException($"--state `{store.Kind}`: calls are replayed by their own clock, and a shared server counts by its own; use `memory` or `sqlite:FILE`")
            : store;
    }

    private void CheckPairs(ParseResult parsed)
    {
        if (parsed.GetValue(_showValues) && !parsed.GetValue(_explain))
        {
            throw new UsageException("--show-values adds to --explain; give both");
        }

        if (parsed.GetResult(_schemas) is { Implicit: false } && parsed.GetValue(_tools) is null)
        {
            throw new UsageException("--tool-schemas says how the schemas of --tools hold; give both");
        }

        if (parsed.GetValue(_calls) == PolicyFiles.StandardInput && parsed.GetRequiredValue(_policies).Contains(PolicyFiles.StandardInput, StringComparer.Ordinal))
        {
            throw new UsageException("standard input is either a policy or calls; put one of them into a file");
        }
    }
}
