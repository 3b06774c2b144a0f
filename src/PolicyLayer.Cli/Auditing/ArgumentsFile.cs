using PolicyLayer.Sdk;
using PolicyLayer.Sdk.Arguments;
using PolicyLayer.Sdk.Auditing;

namespace PolicyLayer.Cli.Auditing;

/// <summary>The arguments of one call, as the model sent them.</summary>
internal static class ArgumentsFile
{
    /// <summary>Reads arguments.</summary>
    /// <param name="path">The file, or <c>-</c> for the input of the command.</param>
    /// <param name="input">That input.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="UsageException">They cannot be read, or a record has no MAC of such. Nothing of them is said.</exception>
    public static async Task<ToolArguments> ReadAsync(string path, Stream input, CancellationToken cancellationToken)
    {
        string name = PolicyFiles.NameOf(path);
        byte[] text = path == PolicyFiles.StandardInput
            // A pipe or a console is not read with a token, so it is left behind when somebody stops the command.
            ? await Task.Run(() => SmallFile.Read(input, name, "the arguments of a call", WellFormedCall.MaxBytes), CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(false)
            : await SmallFile.ReadAsync(path, "the arguments of a call", WellFormedCall.MaxBytes, cancellationToken).ConfigureAwait(false) ?? throw new UsageException($"{path}: there is no such file");
        var arguments = ToolArguments.FromUtf8(text);
        return ArgumentsMac.Problem(arguments) is { } problem
            ? throw new UsageException($"{name}: no record has a MAC of these arguments: {problem}")
            : arguments;
    }
}
