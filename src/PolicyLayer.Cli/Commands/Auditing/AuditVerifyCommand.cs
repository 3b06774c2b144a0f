using System.CommandLine;
using PolicyLayer.Cli.Auditing;
using PolicyLayer.Cli.Output;
using PolicyLayer.Sdk.Auditing;

namespace PolicyLayer.Cli.Commands.Auditing;

/// <summary><c>policylayer audit verify FILE</c>: whether a trail is as it was written.</summary>
internal static class AuditVerifyCommand
{
    public const string WhatExitCodesMean = "Exit codes: 0 done: the trail is as it was written; 1 it is not; 2 that was not found out, or not remembered: wrong usage, a key that is missing, a file that cannot be used.";

    public static Command Create(CommandStreams streams)
    {
        Argument<string> file = new Argument<string>("FILE") { Description = "the audit trail, which a process may be writing; - reads standard input" }.NamesAFile();
        Option<string> key = new Option<string>("--key") { Description = "the file of the key that the trail is written with", HelpName = "FILE" }.NamesAFile();
        Option<string> checkpoint = new Option<string>("--checkpoint") { Description = "remembers the last record, made when missing: the next time the trail must still have it; keep it where those who write the trail cannot write", HelpName = "FILE" }.NamesAFile();
        Option<string> format = SharedOptions.Format();
        Option<bool> noColor = SharedOptions.NoColor();
        var command = new ExampledCommand(
            "verify",
            "finds every line of an audit trail that was changed, taken out, put in or moved since it was written",
            "policylayer audit verify audit.jsonl",
            "policylayer audit verify audit.jsonl --key audit.key --checkpoint /elsewhere/audit.checkpoint",
            "zcat audit.jsonl.gz | policylayer audit verify - --format json")
        {
            file,
            key,
            checkpoint,
            format,
            noColor,
        };
        command.ExitCodes = WhatExitCodesMean;
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string path = parsed.GetRequiredValue(file);
            string? keyPath = parsed.GetValue(key);
            string? checkpointPath = parsed.GetValue(checkpoint);
            Check(path, keyPath, checkpointPath);
            ReadOnlyMemory<byte> secret = await KeyFile.ReadAsync(keyPath, cancellationToken).ConfigureAwait(false);
            AuditCheckpoint? known = await CheckpointFile.ReadAsync(checkpointPath, cancellationToken).ConfigureAwait(false);
            AuditTrailReport report = await TrailFile.VerifyAsync(path, streams.In, secret, known, cancellationToken).ConfigureAwait(false);
            string name = PolicyFiles.NameOf(path);
            if (report.NeedsKey)
            {
                throw new UsageException($"{name}: this trail is written with a key, and cannot be checked without it; name its file with --key");
            }

            if (parsed.GetValue(format) == "json")
            {
                streams.Out.WriteLine(TrailReportPrinter.ToJson(name, report));
            }
            else
            {
                TrailReportPrinter.Print(new Terminal(streams, parsed.GetValue(noColor)), name, report, isAnchored: keyPath is not null || known is not null);
            }

            if (!report.IsIntact)
            {
                return ExitCodes.No;
            }

            if (checkpointPath is not null && report.Last is { } last && last != known)
            {
                await CheckpointFile.AdvanceAsync(checkpointPath, last, TimeProvider.System, cancellationToken).ConfigureAwait(false);
                if (known is null)
                {
                    streams.WriteError($"policylayer: {checkpointPath}: there was no checkpoint, so none was compared; it is made");
                }
            }

            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>One name given twice is a slip, and with a checkpoint would be the end of the other file.</summary>
    private static void Check(string path, string? key, string? checkpoint)
    {
        if (checkpoint == PolicyFiles.StandardInput)
        {
            throw new UsageException("--checkpoint is read and written, so it is a file; name one");
        }

        string? trail = path == PolicyFiles.StandardInput ? null : path;
        if (key is not null && trail is not null && AuditFile.IsSame(key, trail))
        {
            throw new UsageException($"--key `{key}` is the trail itself; name the file of its key");
        }

        if (checkpoint is not null && ((trail is not null && AuditFile.IsSame(checkpoint, trail)) || (key is not null && AuditFile.IsSame(checkpoint, key))))
        {
            throw new UsageException($"--checkpoint `{checkpoint}` is the trail or its key, and would be replaced; name another");
        }
    }
}
