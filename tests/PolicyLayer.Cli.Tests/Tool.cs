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

    public Task<Result> RunAsync(params string[] args) => RunWithInputAsync(string.Empty, args);

    public async Task<Result> RunWithInputAsync(string input, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var reader = new StringReader(input);
        int code = await CommandLine.RunAsync(args, new CommandStreams(reader, output, error, IsPlain: true), TestContext.Current.CancellationToken);
        return new Result(code, output.ToString().Replace(_folder.FullName + Path.DirectorySeparatorChar, string.Empty, StringComparison.Ordinal), error.ToString().Replace(_folder.FullName + Path.DirectorySeparatorChar, string.Empty, StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    internal sealed record Result(int Code, string Output, string Error)
    {
        public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
