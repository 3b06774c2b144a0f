using System.Globalization;
using PolicyLayer.Sdk.Python;

namespace PolicyLayer.Cli.Python;

/// <summary>The options of a run, from words on the command line.</summary>
internal static class PythonSettings
{
    private const double MostSeconds = 3600;

    /// <exception cref="UsageException">One of them is not what it may be.</exception>
    public static PythonRunnerOptions From(double seconds, int megabytes, IEnumerable<string> imports, string level)
    {
        Require(seconds is >= 0.001 and <= MostSeconds, $"--timeout must be 0.001 to 3600 seconds, not {seconds.ToString(CultureInfo.InvariantCulture)}");
        Require(megabytes is >= 64 and <= 65536, $"--memory must be 64 to 65536 megabytes, not {megabytes.ToString(CultureInfo.InvariantCulture)}");
        IsolationLevel required = Level(level);
        var options = new PythonRunnerOptions
        {
            DefaultTimeout = TimeSpan.FromSeconds(seconds),
            MaxTimeout = TimeSpan.FromSeconds(seconds),
            MemoryLimitMegabytes = megabytes,
            MinimumIsolation = required,
            AllowUnsandboxedExecution = required == IsolationLevel.None,
            PoolSize = 0,
        };
        foreach (string module in imports.SelectMany(static words => words.Split(',')))
        {
            Require(IsName(module), $"--allow-import `{module}` is not the name of a module such as math or xml.etree");
            options.AllowedModules.Add(module);
        }

        return options;
    }

    private static IsolationLevel Level(string word) => word switch
    {
        "full" => IsolationLevel.Full,
        "kernel" => IsolationLevel.Kernel,
        "seccomp" => IsolationLevel.Seccomp,
        "none" => IsolationLevel.None,
        _ => throw new UsageException($"--require `{word}` must be one of full, kernel, seccomp, none"),
    };

    private static bool IsName(string module) => module.Split('.').All(
        static part => part.Length > 0 && !char.IsAsciiDigit(part[0]) && part.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_'));

    private static void Require(bool holds, string problem)
    {
        if (!holds)
        {
            throw new UsageException(problem);
        }
    }
}
