using System.CommandLine;

namespace PolicyLayer.Cli.Commands;

/// <summary><c>policylayer audit</c>: what is done with the file that <c>--audit</c> writes.</summary>
internal static class AuditCommand
{
    public static Command Create(CommandStreams streams)
    {
        var command = new ExampledCommand(
            "audit",
            "checks that an audit trail is as it was written, and shows it",
            "policylayer audit verify audit.jsonl",
            "policylayer audit verify audit.jsonl --key audit.key --checkpoint /elsewhere/audit.checkpoint",
            "policylayer audit tail audit.jsonl --denied")
        {
            AuditVerifyCommand.Create(streams),
            AuditTailCommand.Create(streams),
        };
        command.ExitCodes = AuditVerifyCommand.WhatExitCodesMean;
        return command;
    }
}
