using System.CommandLine;
using System.Text.Json;
using PolicyLayer.Cli.Grants;

namespace PolicyLayer.Cli.Commands.Grants;

/// <summary><c>policylayer grants add</c>: one more who may call, and a token to call with.</summary>
internal static class GrantsAddCommand
{
    public static Command Create(CommandStreams streams)
    {
        Option<string> file = GrantsOptions.File();
        Option<string> id = GrantsOptions.Id("who it is: what limits are counted against and the audit records");
        var label = new Option<string>("--label") { Description = "a text for people", HelpName = "TEXT" };
        var attributes = new Option<string[]>("--attribute") { Description = "what conditions see as grant.attributes.KEY, a text; again for more", HelpName = "KEY=VALUE", AllowMultipleArgumentsPerToken = false };
        var policies = new Option<string[]>("--policy") { Description = "a policy that judges its calls, by name; without it all do; again for more", HelpName = "NAME", AllowMultipleArgumentsPerToken = false };
        Option<string> expires = GrantsOptions.Expires("until when it counts, such as 2030-01-01T00:00:00Z; without it for ever");
        var command = new ExampledCommand(
            "add",
            "adds a grant and prints its token, once; the file, made where there is none, has only its SHA-256",
            "policylayer grants add --file grants.json --id ci",
            "policylayer grants add --file grants.json --id ci --label \"Build agents\" --attribute team=build --policy policy --expires 2030-01-01T00:00:00Z")
        {
            file,
            id,
            label,
            attributes,
            policies,
            expires,
        };
        command.ExitCodes = GrantsOptions.ExitCodes;
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string name = parsed.GetRequiredValue(id);
            string path = parsed.GetRequiredValue(file);
            string? end = Expiry.Check(parsed.GetValue(expires), TimeProvider.System);
            KeyValuePair<string, string>[] pairs = Attributes(parsed.GetValue(attributes) ?? []);
            string[] names = Policies(parsed.GetValue(policies) ?? []);
            NewToken token = NewToken.Create();
            await GrantsFile.ChangeAsync(
                path,
                mayBeNew: true,
                (entries, text) => entries.Any(entry => entry.Grant.Id == name)
                    ? throw new UsageException($"{path}: the grant `{name}` exists; `policylayer grants rotate` gives it another token")
                    : text.Add(writer => Write(writer, name, parsed.GetValue(label), pairs, names, end, token)),
                TimeProvider.System,
                cancellationToken).ConfigureAwait(false);
            token.Show(streams, $"this is the token of `{name}`, shown this once; the file has only its hash");
            return ExitCodes.Done;
        });
        return command;
    }

    private static KeyValuePair<string, string>[] Attributes(string[] given)
    {
        KeyValuePair<string, string>[] pairs = [.. given.Select(static text => text.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals
            ? KeyValuePair.Create(text[..equals], text[(equals + 1)..])
            : throw new UsageException($"--attribute `{text}` must be KEY=VALUE, such as team=build"))];
        return pairs.GroupBy(static pair => pair.Key, StringComparer.Ordinal).FirstOrDefault(static group => group.Count() > 1) is { } twice
            ? throw new UsageException($"--attribute `{twice.Key}` is given twice; a grant has one value of it")
            : pairs;
    }

    private static string[] Policies(string[] given) =>
        given.Any(string.IsNullOrWhiteSpace) ? throw new UsageException("an empty name is no policy (--policy)") : [.. given.Distinct(StringComparer.Ordinal)];

    private static void Write(Utf8JsonWriter writer, string id, string? label, KeyValuePair<string, string>[] attributes, string[] policies, string? expires, NewToken token)
    {
        writer.WriteStartObject();
        writer.WriteString("id", id);
        if (label is not null)
        {
            writer.WriteString("label", label);
        }

        if (attributes.Length > 0)
        {
            writer.WriteStartObject("attributes");
            foreach ((string key, string value) in attributes)
            {
                writer.WriteString(key, value);
            }

            writer.WriteEndObject();
        }

        if (policies.Length > 0)
        {
            writer.WriteStartArray("policies");
            Array.ForEach(policies, writer.WriteStringValue);
            writer.WriteEndArray();
        }

        if (expires is not null)
        {
            writer.WriteString("expires", expires);
        }

        writer.WriteString("token_sha256", token.Hash);
        writer.WriteEndObject();
    }
}
