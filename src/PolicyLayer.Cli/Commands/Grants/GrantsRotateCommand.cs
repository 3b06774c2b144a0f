using System.CommandLine;
using PolicyLayer.Cli.Grants;
using PolicyLayer.Sdk.Proxy.Grants;

namespace PolicyLayer.Cli.Commands.Grants;

/// <summary><c>policylayer grants rotate</c>: another token for the same grant.</summary>
internal static class GrantsRotateCommand
{
    public static Command Create(CommandStreams streams)
    {
        Option<string> file = GrantsOptions.File();
        Option<string> id = GrantsOptions.Id("whose token it is");
        Option<string> expires = GrantsOptions.Expires("until when the grant counts from now on; without it as before");
        var command = new ExampledCommand(
            "rotate",
            "gives a grant another token and prints it, once; the one before no longer counts",
            "policylayer grants rotate --file grants.json --id ci",
            "policylayer grants rotate --file grants.json --id ci --expires 2030-01-01T00:00:00Z")
        {
            file,
            id,
            expires,
        };
        command.ExitCodes = GrantsOptions.ExitCodes;
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string name = parsed.GetRequiredValue(id);
            string path = parsed.GetRequiredValue(file);
            string? end = Expiry.Check(parsed.GetValue(expires), TimeProvider.System);
            NewToken token = NewToken.Create();
            await GrantsFile.ChangeAsync(path, mayBeNew: false, (entries, text) => Change(entries, text, path, name, end, token), TimeProvider.System, cancellationToken).ConfigureAwait(false);
            token.Show(streams, $"this is the new token of `{name}`, shown this once; the one before no longer counts");
            return ExitCodes.Done;
        });
        return command;
    }

    private static GrantsText Change(IReadOnlyList<GrantEntry> entries, GrantsText text, string path, string id, string? expires, NewToken token)
    {
        int[] found = GrantsFile.Find(entries, path, id);
        if (found.Length > 1)
        {
            throw new UsageException($"{path}: the grant `{id}` has several tokens, and which of them is meant is not known; revoke it and add it anew");
        }

        if (expires is null && entries[found[0]].Expires <= TimeProvider.System.GetUtcNow())
        {
            throw new UsageException($"{path}: the grant `{id}` has expired, and a new token of it would not count; say until when with --expires");
        }

        GrantsText changed = text.Set(found[0], "token_sha256", token.Hash);
        return expires is null ? changed : changed.Set(found[0], "expires", expires);
    }
}
