namespace PolicyLayer.Sdk.Python.Tests.Support;

/// <summary>A folder that is gone after the test. Everybody may write there, so that only the sandbox stands in the way.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder()
    {
        Directory.CreateDirectory(Path);
        SetMode(Path, 0b111_111_111);
    }

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "sandbox-" + Guid.NewGuid().ToString("N"));

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public string Script(string name, string text)
    {
        string path = this[name];
        File.WriteAllText(path, text);
        SetMode(path, 0b111_101_101);
        return path;
    }

    /// <summary>The permission bits of a file or a folder, where there are such.</summary>
    public static void SetMode(string path, int mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, (UnixFileMode)mode);
        }
    }

    /// <summary>An interpreter whose path nobody else uses, to find its processes by.</summary>
    public string Interpreter(string real)
    {
        File.CreateSymbolicLink(this["python3"], real);
        return this["python3"];
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
