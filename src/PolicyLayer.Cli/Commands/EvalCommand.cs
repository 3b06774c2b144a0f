using System.CommandLine;
using System.Globalization;
using PolicyLayer.Cli.Auditing;
using PolicyLayer.Cli.Output;
using PolicyLayer.Cli.Replay;
using PolicyLayer.Sdk;
using PolicyLayer.Sdk.Testing.Replay;

namespace PolicyLayer.Cli.Commands;

/// <summary><c>policylayer eval</c>: what policies decide of calls, without running anything.</summary>
internal static class EvalCommand
{
    public static Command Create(CommandStreams streams)
    {
        var policies = new Option<string[]>("--policy") { Description = "a policy, - for standard input; with several, every one must allow", Required = true, HelpName = "FILE", AllowMultipleArgumentsPerToken = false }.NamesAFile();
        var tool = new Option<string>("--tool") { Description = "the tool of one call", HelpName = "NAME" };
        var arguments = new Option<string>("--args") { Description = "its arguments, an object of JSON", HelpName = "JSON" };
        var calls = new Option<string>("--calls") { Description = "many calls, one JSON object a line; - reads standard input", HelpName = "CALLS.jsonl" }.NamesAFile();
        var grant = new Option<string>("--grant") { Description = "whose calls they are where a line does not say", HelpName = "ID", DefaultValueFactory = static _ => "default" };
        var tools = new Option<string>("--tools") { Description = "a tools/list result: the annotations that conditions see, and the schemas that arguments must satisfy", HelpName = "TOOLS.json" }.NamesAFile();
        Option<string> schemas = ToolSchemas.CreateOption();
        var state = new Option<string>("--state") { Description = "where counters are kept: memory, or sqlite:FILE to go on where an earlier run ended", HelpName = "STORE", DefaultValueFactory = static _ => StateStore.Memory };
        var audit = new AuditOptions();
        var explain = new Option<bool>("--explain") { Description = "show each check and each condition, with the types they saw" };
        var showValues = new Option<bool>("--show-values") { Description = "with --explain: show the values of arguments too" };
        Option<string> format = SharedOptions.Format();
        Option<bool> noColor = SharedOptions.NoColor();
        var command = new ExampledCommand(
            "eval",
            "says what policies decide of calls, without running anything; it is 2026-01-01T00:00:00Z until the `at` of a line moves the clock, and counters start empty unless --state names a file",
            "policylayer eval --policy policy.json --tool create_charge --args '{\"amount\": 200}' --explain",
            "policylayer eval --policy policy.json --calls calls.jsonl --format json",
            "echo '{\"tool\": \"create_charge\", \"arguments\": {\"amount\": 200}, \"at\": \"2026-01-01T09:00:00Z\"}' | policylayer eval --policy policy.json --calls -")
        {
            policies,
            tool,
            arguments,
            calls,
            grant,
            tools,
            schemas,
            state,
            explain,
            showValues,
            format,
            noColor,
        };
        audit.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string? name = parsed.GetValue(tool);
            string? file = parsed.GetValue(calls);
            if ((name is null) == (file is null))
            {
                throw new UsageException("eval needs either --tool NAME or --calls FILE");
            }

            if (file is not null && parsed.GetValue(arguments) is not null)
            {
                throw new UsageException("--args belongs to --tool; the calls of a file have their own arguments");
            }

            StateStore store = StateStore.Parse(parsed.GetValue(state)!);
            if (store.IsServer)
            {
                throw new UsageException($"--state `{store.Kind}`: calls are replayed by their own clock, and a shared server counts by its own; use `memory` or `sqlite:FILE`");
            }

            if (parsed.GetValue(showValues) && !parsed.GetValue(explain))
            {
                throw new UsageException("--show-values adds to --explain; give both");
            }

            if (parsed.GetResult(schemas) is { Implicit: false } && parsed.GetValue(tools) is null)
            {
                throw new UsageException("--tool-schemas says how the schemas of --tools hold; give both");
            }

            if (file == PolicyFiles.StandardInput && parsed.GetRequiredValue(policies).Contains(PolicyFiles.StandardInput, StringComparer.Ordinal))
            {
                throw new UsageException("standard input is either a policy or calls; put one of them into a file");
            }

            AuditFile? trail = await audit.ReadAsync(parsed, [.. parsed.GetRequiredValue(policies), file, parsed.GetValue(tools)], cancellationToken).ConfigureAwait(false);
            Grant caller = CallLineReader.NewGrant(parsed.GetValue(grant)!, "--grant");
            IAsyncEnumerable<(CallLine Call, string Place)> input = file is not null
                ? CallSource.ReadAsync(file, streams, caller, cancellationToken)
                : One(name!, parsed.GetValue(arguments), caller);
            bool json = parsed.GetValue(format) == "json";
            var printer = new DecisionPrinter(new Terminal(streams, parsed.GetValue(noColor)), streams.Out, json);
            IReadOnlyList<ToolPolicy> read = await PolicyFiles.LoadAsync(parsed.GetRequiredValue(policies), streams.In, cancellationToken).ConfigureAwait(false);
            ToolCatalog? listed = PolicyFiles.ReadTools(parsed.GetValue(tools));
            var clock = new VirtualClock();
            var people = new RecordedAnswer();
            var host = new GuardHost(options => read.ToList().ForEach(policy => options.AddPolicy(policy)), trail, isAuditRequired: trail is not null, store, logger: null, clock, people);
            await using (host.ConfigureAwait(false))
            {
                // Settled before the host ends, so that the trail tells what became of every call.
                var replay = new ReplaySession(host.Guard, clock, people, listed, ToolSchemas.ToEnforcement(parsed.GetValue(schemas)!));
                await using (replay.ConfigureAwait(false))
                {
                    return await RunAsync(replay, input, decision => printer.Print(decision, parsed.GetValue(explain) ? host.Guard.Explain(decision, parsed.GetValue(showValues)) : null), new SchemaNotes(listed), streams, json, cancellationToken).ConfigureAwait(false);
                }
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(
        ReplaySession replay, IAsyncEnumerable<(CallLine Call, string Place)> calls, Action<ToolDecision> print, SchemaNotes notes, CommandStreams streams, bool json, CancellationToken cancellationToken)
    {
        int expected = 0;
        int wrong = 0;
        await foreach ((CallLine call, string place) in calls.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (notes.On(call) is { } note)
            {
                streams.WriteError($"{place}: {note}");
            }

            ToolDecision decision = await replay.JudgeAsync(call, place, cancellationToken).ConfigureAwait(false);
            if (decision.Reason == DecisionReason.AuditUnavailable)
            {
                throw new UsageException($"{place}: the record of this call could not be written to the file of --audit: see that its disk has room, and that it may be written");
            }

            print(decision);
            expected += call.Expected.ValueKind == System.Text.Json.JsonValueKind.Object ? 1 : 0;
            if (Expectation.Mismatch(call, decision) is { } mismatch)
            {
                wrong++;
                streams.WriteError($"{place}: {mismatch}");
            }
        }

        if (expected > 0 && !json)
        {
            streams.WriteError(string.Create(CultureInfo.InvariantCulture, $"{expected - wrong} of {expected} expectations hold"));
        }

        return wrong == 0 ? ExitCodes.Done : ExitCodes.No;
    }

    private static async IAsyncEnumerable<(CallLine Call, string Place)> One(string tool, string? arguments, Grant grant)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        yield return (new CallLine { Tool = tool, Arguments = arguments is null ? default : CallLineReader.RawArguments(arguments), Grant = grant }, "--tool");
    }
}
