using System.Globalization;
using System.Text.Json;
using PolicyLayer.Cli.Output;
using PolicyLayer.Sdk;
using PolicyLayer.Sdk.Testing.Replay;

namespace PolicyLayer.Cli.Replay;

/// <summary>What policies decide of calls, without running anything.</summary>
internal sealed class Evaluation(EvalSettings settings, CommandStreams streams)
{
    private readonly DecisionPrinter _printer = new(new Terminal(streams, settings.NoColor), streams.Out, settings.Json);

    /// <returns>The exit code.</returns>
    /// <exception cref="UsageException">Something cannot be read, or a call not be recorded.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<ToolPolicy> policies = await PolicyFiles.LoadAsync(settings.Policies, streams.In, cancellationToken).ConfigureAwait(false);
        ToolCatalog? listed = PolicyFiles.ReadTools(settings.Tools);
        var clock = new VirtualClock();
        var people = new RecordedAnswer();
        var host = new GuardHost(options => policies.ToList().ForEach(policy => options.AddPolicy(policy)), settings.Trail, isAuditRequired: settings.Trail is not null, settings.State, logger: null, clock, people);
        await using (host.ConfigureAwait(false))
        {
            // Settled before the host ends, so that the trail tells what became of every call.
            var replay = new ReplaySession(host.Guard, clock, people, listed, settings.Schemas);
            await using (replay.ConfigureAwait(false))
            {
                return await JudgeAsync(host.Guard, replay, new SchemaNotes(listed), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<int> JudgeAsync(ToolGuard guard, ReplaySession replay, SchemaNotes notes, CancellationToken cancellationToken)
    {
        int expected = 0;
        int wrong = 0;
        await foreach ((CallLine call, string place) in Calls(cancellationToken).WithCancellation(cancellationToken).ConfigureAwait(false))
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

            _printer.Print(decision, settings.Explain ? guard.Explain(decision, settings.ShowValues) : null);
            expected += call.Expected.ValueKind == JsonValueKind.Object ? 1 : 0;
            if (Expectation.Mismatch(call, decision) is { } mismatch)
            {
                wrong++;
                streams.WriteError($"{place}: {mismatch}");
            }
        }

        if (expected > 0 && !settings.Json)
        {
            streams.WriteError(string.Create(CultureInfo.InvariantCulture, $"{expected - wrong} of {expected} expectations hold"));
        }

        return wrong == 0 ? ExitCodes.Done : ExitCodes.No;
    }

    private IAsyncEnumerable<(CallLine Call, string Place)> Calls(CancellationToken cancellationToken) =>
        settings.Calls is { } file ? CallSource.ReadAsync(file, streams, settings.Caller, cancellationToken) : One(settings.Tool!, settings.Arguments, settings.Caller);

    private static async IAsyncEnumerable<(CallLine Call, string Place)> One(string tool, string? arguments, Grant grant)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        yield return (new CallLine { Tool = tool, Arguments = arguments is null ? default : CallLineReader.RawArguments(arguments), Grant = grant }, "--tool");
    }
}
