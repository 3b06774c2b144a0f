using PolicyLayer.Sdk.Files;
using PolicyLayer.Sdk.Parsing;
using PolicyLayer.Sdk.Telemetry;

namespace PolicyLayer.Sdk.Policies;

/// <summary>A policy file that is read again when it has changed.</summary>
/// <param name="path">The file.</param>
/// <param name="load">Reads it.</param>
internal sealed class PolicyFileSource(string path, Func<ToolPolicy> load) : IPolicySource
{
    private Stamp _loaded;
    private Stamp _seen;
    private string? _problem;
    private bool _isUnread;

    public string Path => path;

    public ToolPolicy Load()
    {
        // Before it is read: what is written meanwhile is a change.
        _loaded = _seen = Stamp.Of(path);
        return load();
    }

    /// <summary>Loads it anew. One that cannot be used gives null, and is told once.</summary>
    public ToolPolicy? TryLoad(GuardTelemetry telemetry)
    {
        (Stamp before, string? told) = (_loaded, _problem);
        (_problem, _isUnread) = (null, false);
        try
        {
            return Load();
        }
        catch (PolicyFormatException e)
        {
            _problem = e.Message;
            _isUnread = e.Diagnostics.Any(static diagnostic => diagnostic.Code == DiagnosticCodes.Unreadable);
        }
        catch (Exception e)
        {
            _problem = $"it could not be read ({e.GetType().Name})";
            _isUnread = true;
        }

        if (_problem != told || _loaded != before)
        {
            telemetry.PolicyNotReloaded(path, _problem);
        }

        return null;
    }

    /// <summary>Whether it is another than the one that was loaded, or could not be read then, and was the same at the last look: who writes it may be half-way.</summary>
    public bool HasChanged()
    {
        Stamp now = Stamp.Of(path);
        bool isStill = now == _seen;
        _seen = now;
        return isStill && (_isUnread || now != _loaded);
    }

    /// <summary>What tells a file from another. Behind a link its place does too: stores of packages give every file one time.</summary>
    private readonly record struct Stamp(string Path, DateTime Written, long Length)
    {
        /// <summary>Of a file that is not there, or cannot be looked at, the default.</summary>
        public static Stamp Of(string path)
        {
            try
            {
                // Of a link it is the file that counts: where a folder is swapped behind links, the links stay as they are.
                var file = new FileInfo(LinkedFile.TargetOf(path));
                return file.Exists ? new Stamp(file.FullName, file.LastWriteTimeUtc, file.Length) : default;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return default;
            }
        }
    }
}
