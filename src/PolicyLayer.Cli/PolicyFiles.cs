using System.Text;
using System.Text.Unicode;
using PolicyLayer.Sdk;
using PolicyLayer.Sdk.Files;

namespace PolicyLayer.Cli;

/// <summary>Reads policies from files, each in its format.</summary>
internal static class PolicyFiles
{
    /// <summary>How standard input is named on a command line.</summary>
    public const string StandardInput = "-";

    private const string StandardInputName = "standard input";

    /// <summary>How messages name what a command reads: a file, or its input.</summary>
    public static string NameOf(string path) => path == StandardInput ? StandardInputName : path;

    /// <summary>Why a file could not be read, for people.</summary>
    /// <param name="path">The file, or <c>-</c>.</param>
    /// <param name="failure">What reading it threw.</param>
    /// <param name="what">What it should be, with its article.</param>
    public static string WhyNotRead(string path, Exception failure, string what) =>
        path != StandardInput && Directory.Exists(path) ? $"{path}: this is a folder; {what} is a file"
        : failure is FileNotFoundException or DirectoryNotFoundException ? $"{NameOf(path)}: there is no such file (looked for `{Path.GetFullPath(path)}`)"
        : $"{NameOf(path)}: the file cannot be read; check that it exists and may be read";

    /// <summary>Reads a file as it stands; what it says is not looked at yet.</summary>
    /// <exception cref="UsageException">The file cannot be read.</exception>
    public static async Task<PolicyText> ReadAsync(string path, Stream input, CancellationToken cancellationToken)
    {
        try
        {
            // A pipe or a console cannot be read with a token, so the read is left behind when somebody stops the command.
            return await Task.Run(() => path == StandardInput ? new PolicyText(ReadAll(input), StandardInputName) : PolicyText.Load(path), CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PolicyFormatException e)
        {
            throw new UsageException(e.Diagnostics[0].ToString());
        }
    }

    /// <summary>Makes JSON of a file: YAML is told by its extension, and on standard input by not beginning with a brace.</summary>
    /// <exception cref="PolicyFormatException">It is no YAML of the strict kind.</exception>
    public static PolicyText ToJson(PolicyText file)
    {
        ReadOnlySpan<byte> text = file.Original.Span;
        bool isYaml = file.Source == StandardInputName
            ? (text.StartsWith("\uFEFF"u8) ? text[3..] : text).TrimStart(" \t\r\n"u8) is [not ((byte)'{' or (byte)'['), ..]
            : YamlName.IsOf(file.Source);

        // What is no text at all is told of best by the reader of JSON.
        return isYaml && Utf8.IsValid(text) ? YamlPolicyText.Parse(Encoding.UTF8.GetString(text), file.Source) : file;
    }

    /// <summary>Reads an answer to <c>tools/list</c>; null where no file is named.</summary>
    /// <exception cref="UsageException">It cannot be read.</exception>
    public static ToolCatalog? ReadTools(string? path)
    {
        try
        {
            return path is null ? null : ToolCatalog.Load(path);
        }
        catch (PolicyFormatException e)
        {
            throw new UsageException(e.Diagnostics[0].ToString());
        }
    }

    /// <summary>Reads and checks policies that judge together; one that shares its file's name with another is named by its path.</summary>
    /// <exception cref="PolicyFormatException">A policy has errors.</exception>
    public static async Task<IReadOnlyList<ToolPolicy>> LoadAsync(IReadOnlyList<string> paths, Stream input, CancellationToken cancellationToken)
    {
        if (paths.Distinct(StringComparer.Ordinal).Count() < paths.Count)
        {
            throw new UsageException("one policy is named twice; name each file once");
        }

        var policies = new List<ToolPolicy>();
        var errors = new List<PolicyDiagnostic>();
        foreach (string path in paths)
        {
            PolicyText file = await ReadAsync(path, input, cancellationToken).ConfigureAwait(false);
            string name = Path.GetFileNameWithoutExtension(file.Source);
            bool isShared = paths.Count(other => Path.GetFileNameWithoutExtension(other) == name) > 1;
            try
            {
                policies.Add(ToolPolicy.Parse(ToJson(file), isShared || name.Length == 0 ? file.Source : name));
            }
            catch (PolicyFormatException e)
            {
                errors.AddRange(e.Diagnostics);
            }
        }

        return errors.Count == 0 ? policies : throw new PolicyFormatException(errors);
    }

    /// <summary>Adds policies that were read from files; one whose file changes is read again.</summary>
    /// <param name="options">Receives them.</param>
    /// <param name="paths">The files.</param>
    /// <param name="policies">What was read from each.</param>
    public static void Follow(ToolPolicyOptions options, IReadOnlyList<string> paths, IReadOnlyList<ToolPolicy> policies)
    {
        foreach ((string path, ToolPolicy policy) in paths.Zip(policies))
        {
            _ = IsFile(path)
                ? options.AddPolicyFile(path, () => ToolPolicy.Parse(ToJson(PolicyText.Load(path)), policy.Name), reloadOnChange: true)
                : options.AddPolicy(policy);
        }
    }

    /// <summary>Whether there is something to be read again: a pipe has no length, and gives what it holds once.</summary>
    private static bool IsFile(string path) =>
        new FileInfo(LinkedFile.TargetOf(path)) is { Exists: true, Length: > 0 };

    private static ReadOnlyMemory<byte> ReadAll(Stream input)
    {
        using var text = new MemoryStream();
        byte[] block = new byte[1 << 16];
        for (int read; (read = input.Read(block)) > 0;)
        {
            text.Write(block, 0, read);
            if (text.Length > PolicyBounds.Default.MaxBytes)
            {
                throw new UsageException($"{StandardInputName}: the document is larger than {PolicyBounds.Default.MaxBytes >> 20} MiB; globs such as `list_*` make it smaller");
            }
        }

        return text.ToArray();
    }
}
