using System.CommandLine;
using PolicyLayer.Cli.Commands;

namespace PolicyLayer.Cli.Auditing;

/// <summary>The options of commands that write an audit trail.</summary>
internal sealed class AuditOptions
{
    private readonly Option<string> _audit = new Option<string>("--audit") { Description = "append the audit trail to a file", HelpName = "FILE" }.NamesAFile();
    private readonly Option<string> _key = new Option<string>("--audit-key") { Description = "the file of a key that its hashes are made with, at least 32 bytes: who does not have it cannot write the trail anew", HelpName = "FILE" }.NamesAFile();

    public void AddTo(Command command)
    {
        command.Add(_audit);
        command.Add(_key);
    }

    /// <summary>What the options say; null where there is no trail.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="read">The files that the command reads; a name that is not given is null.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="UsageException">They do not fit together, or the key cannot be read.</exception>
    public async Task<AuditFile?> ReadAsync(ParseResult parsed, IEnumerable<string?> read, CancellationToken cancellationToken)
    {
        string? key = parsed.GetValue(_key);
        if (parsed.GetValue(_audit) is not { } path)
        {
            return key is null ? null : throw new UsageException("--audit-key belongs to --audit; give both");
        }

        AuditFile.Check(path, [.. read, key]);
        return new AuditFile(path, await KeyFile.ReadAsync(key, cancellationToken).ConfigureAwait(false));
    }
}
