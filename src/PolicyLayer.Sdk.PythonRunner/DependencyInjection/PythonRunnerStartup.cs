using Microsoft.Extensions.Options;
using PolicyLayer.Sdk.Python.Interpreters;

namespace PolicyLayer.Sdk.Python.DependencyInjection;

/// <summary>What is checked when the host starts: every option, and that there is an interpreter.</summary>
internal sealed class PythonRunnerStartup : IValidateOptions<PythonRunnerOptions>
{
    public ValidateOptionsResult Validate(string? name, PythonRunnerOptions options)
    {
        IReadOnlyList<string> problems = OptionProblems.Of(options);
        return problems.Count > 0 ? ValidateOptionsResult.Fail(problems)
            : HasInterpreter(options.PythonPath) ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{nameof(PythonRunnerOptions)}.{nameof(options.PythonPath)} is `{options.PythonPath}`, and there is no such file that may be executed. {Advice.Install}");
    }

    /// <summary>Elsewhere than on Linux no interpreter would do, and each run says so.</summary>
    private static bool HasInterpreter(string path) => !OperatingSystem.IsLinux() || InterpreterPath.IsThere(path);
}
