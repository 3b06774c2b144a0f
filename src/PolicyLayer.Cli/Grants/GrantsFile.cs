using PolicyLayer.Cli.Output;
using PolicyLayer.Sdk.Proxy.Grants;

namespace PolicyLayer.Cli.Grants;

/// <summary>A file of grants that commands read and change: one command at a time, and the file whole at every moment.</summary>
internal static class GrantsFile
{
    /// <summary>The grants of a file, as the proxy reads them.</summary>
    /// <exception cref="UsageException">The proxy could not read them.</exception>
    public static IReadOnlyList<GrantEntry> Read(string path) => Parse(path, ReadText(path) ?? throw new UsageException($"{path}: there is no such file; `policylayer grants add` makes one"));

    /// <summary>Where the entries of a grant stand; a file that people write may have several, each with a token.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static int[] Find(IReadOnlyList<GrantEntry> entries, string path, string id)
    {
        int[] found = [.. Enumerable.Range(0, entries.Count).Where(index => entries[index].Grant.Id == id)];
        return found.Length > 0 ? found : throw new UsageException($"{path}: there is no grant `{id}`; `policylayer grants list` shows which there are");
    }

    /// <summary>Changes a file.</summary>
    /// <param name="path">The file; a link stays one.</param>
    /// <param name="mayBeNew">Whether it need not exist.</param>
    /// <param name="change">What becomes of it, from its grants and its text.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the waiting for other commands.</param>
    /// <exception cref="UsageException">It cannot be read or written, or another command keeps it.</exception>
    public static async Task ChangeAsync(string path, bool mayBeNew, Func<IReadOnlyList<GrantEntry>, GrantsText, GrantsText> change, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!mayBeNew)
        {
            // A name with a slip leaves nothing behind, not even a lock.
            Read(path);
        }

        string target = WholeFile.TargetOf(path);
        using (await FileLock.TakeAsync(target, time, cancellationToken).ConfigureAwait(false))
        {
            byte[] text = ReadText(path) ?? (mayBeNew ? GrantsText.Empty.Utf8 : throw new UsageException($"{path}: there is no such file any more"));
            byte[] changed = change(Parse(path, text), new GrantsText(text)).Utf8;
            if (changed.Length > GrantFile.MaxBytes)
            {
                throw new UsageException($"{path}: the file would be larger than 4 MiB; revoke what nobody needs");
            }

            // What the proxy would refuse is never written.
            Parse(path, changed);
            WholeFile.Write(target, changed, replace: true, ownerAlone: true);
        }
    }

    private static byte[]? ReadText(string path)
    {
        try
        {
            return GrantFile.ReadText(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (FormatException e)
        {
            throw Unfit(path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new UsageException(Directory.Exists(path) ? $"{path}: this is a folder; grants are a file" : $"{path}: the file cannot be read; check that it is yours to read");
        }
    }

    private static IReadOnlyList<GrantEntry> Parse(string path, byte[] text)
    {
        try
        {
            return GrantFileReader.Read(text);
        }
        catch (FormatException e)
        {
            throw Unfit(path, e);
        }
    }

    private static UsageException Unfit(string path, FormatException e) => new($"{path}: this is no file of grants: {e.Message}");
}
