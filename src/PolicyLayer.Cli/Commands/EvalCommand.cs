using System.CommandLine;
using PolicyLayer.Cli.Replay;

namespace PolicyLayer.Cli.Commands;

/// <summary><c>policylayer eval</c>: what policies decide of calls, without running anything.</summary>
internal static class EvalCommand
{
    public static Command Create(CommandStreams streams)
    {
        var options = new EvalOptions();
        var command = new ExampledCommand(
            "eval",
            "says what policies decide of calls, without running anything; it is 2026-01-01T00:00:00Z until the `at` of a line moves the clock, and counters start empty unless --state names a file",
            "policylayer eval --policy policy.json --tool create_charge --args '{\"amount\": 200}' --explain",
            "policylayer eval --policy policy.json --calls calls.jsonl --format json",
            "echo '{\"tool\": \"create_charge\", \"arguments\": {\"amount\": 200}, \"at\": \"2026-01-01T09:00:00Z\"}' | policylayer eval --policy policy.json --calls -");
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            EvalSettings settings = await options.ReadAsync(parsed, cancellationToken).ConfigureAwait(false);
            return await new Evaluation(settings, streams).RunAsync(cancellationToken).ConfigureAwait(false);
        });
        return command;
    }
}
