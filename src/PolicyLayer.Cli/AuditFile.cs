using PolicyLayer.Sdk;
using PolicyLayer.Sdk.Auditing;
using PolicyLayer.Sdk.Files;

namespace PolicyLayer.Cli;

/// <summary>Where the audit trail goes: what <c>--audit</c> says.</summary>
/// <param name="path">The file.</param>
/// <param name="key">The key that its hashes are made with; empty for none.</param>
internal sealed class AuditFile(string path, ReadOnlyMemory<byte> key)
{
    /// <summary>Refuses a file that the command reads: lines of a trail behind a policy would be the end of it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="read">What is read; a name that is not given is null.</param>
    /// <exception cref="UsageException">It is one of them, under whatever name.</exception>
    public static void Check(string path, params IEnumerable<string?> read)
    {
        if (read.Any(other => other is not null && IsSame(other, path)))
        {
            throw new UsageException($"--audit `{path}` is a file that this command reads, and would be appended to; name another");
        }
    }

    /// <summary>Whether two names are of one file, links followed.</summary>
    public static bool IsSame(string one, string other) => Target(one) == Target(other);

    public void AddTo(ToolPolicyBuilder builder) => _ = key.IsEmpty ? builder.AddAuditFile(path) : builder.AddAuditFile(path, key);

    /// <summary>Opens the file for what is recorded without a guard.</summary>
    /// <exception cref="UsageException">It cannot be written, or another process is writing it.</exception>
    public JsonLinesAuditSink Open()
    {
        var sink = new JsonLinesAuditSink(path, TimeProvider.System, key);
        try
        {
            sink.Open();
            return sink;
        }
        catch (Exception e) when (sink.WhyNotOpen(e) is { } problem)
        {
            sink.Dispose();
            throw new UsageException(problem);
        }
    }

    private static string Target(string path)
    {
        try
        {
            return Path.GetFullPath(LinkedFile.TargetOf(path));
        }
        catch (IOException)
        {
            // Links in a circle lead to no file.
            return Path.GetFullPath(path);
        }
    }
}
