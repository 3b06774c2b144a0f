using System.CommandLine;

namespace PolicyLayer.Cli.Commands.Auditing;

/// <summary><c>policylayer audit</c>: what is done with the file that <c>--audit</c> writes.</summary>
internal static class AuditCommand
{
    public static Command Create(CommandStreams streams)
    {
        var command = new ExampledCommand(
            "audit",
            "checks that an audit trail is as it was written, shows it, and finds calls by their arguments",
            "policylayer audit verify audit.jsonl",
            "policylayer audit verify audit.jsonl --key audit.key --checkpoint /elsewhere/audit.checkpoint",
            "policylayer audit tail audit.jsonl --denied",
            "policylayer audit args-mac args.json --key audit.key")
        {
            AuditVerifyCommand.Create(streams),
            AuditTailCommand.Create(streams),
            AuditArgsMacCommand.Create(streams),
        };
        command.ExitCodes = AuditVerifyCommand.WhatExitCodesMean;
        return command;
    }
}
