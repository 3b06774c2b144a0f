namespace PolicyLayer.Sdk.Tests.Support;

/// <summary>A file that is gone after the test.</summary>
internal sealed class TemporaryFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("policylayer-");

    /// <param name="content">What is in it; null: there is no file yet.</param>
    /// <param name="name">Its name.</param>
    public TemporaryFile(byte[]? content = null, string name = "policy.json")
    {
        Path = System.IO.Path.Combine(_folder.FullName, name);
        if (content is not null)
        {
            File.WriteAllBytes(Path, content);
        }
    }

    public string Path { get; }

    public string Folder => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);
}
