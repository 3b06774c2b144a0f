using System.Text;

namespace PolicyLayer.Cli.Tests;

/// <summary>Runs the command line in this process, in a folder of its own.</summary>
internal sealed class Tool : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("policylayer-cli-");

    /// <summary>Writes a file and answers its path.</summary>
    public string File(string name, string text)
    {
        string path = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Writes a file of bytes and answers its path.</summary>
    public string File(string name, byte[] bytes)
    {
        string path = File(name, string.Empty);
        System.IO.File.WriteAllBytes(path, bytes);
        return path;
    }

    public Task<Result> RunAsync(params string[] args) => RunWithInputAsync(string.Empty, args);

    public Task<Result> RunWithInputAsync(string input, params string[] args) => RunWithInputAsync(Encoding.UTF8.GetBytes(input), args);

    public async Task<Result> RunWithInputAsync(byte[] input, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var reader = new MemoryStream(input);
        int code = await CommandLine.RunAsync(args, new CommandStreams(reader, output, error, IsPlain: true), TestContext.Current.CancellationToken);
        return new Result(code, output.ToString().Replace(_folder.FullName + Path.DirectorySeparatorChar, string.Empty, StringComparison.Ordinal), error.ToString().Replace(_folder.FullName + Path.DirectorySeparatorChar, string.Empty, StringComparison.Ordinal));
    }

    /// <summary>A folder of its own, for what a command writes.</summary>
    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);

    internal sealed record Result(int Code, string Output, string Error)
    {
        public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
