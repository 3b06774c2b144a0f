using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PolicyLayer.Repository.Tests.Support;
using PolicyLayer.Schemas;
using PolicyLayer.Sdk;

namespace PolicyLayer.Repository.Tests.Documentation;

/// <summary>Sound policies are changed at every place in every way that comes to mind; the published schema and the checker must say the same of what becomes of them, but for what no schema can say.</summary>
public sealed class PolicySchemaMutationTests
{
    private static readonly JsonSchema Compiled = JsonSchema.Compile(JsonElement.Parse(File.ReadAllText(Checkout.File("docs", "policy.schema.json"))));

    /// <summary>What the checker refuses and a schema cannot, each with its reason: a part of the checker's message, and of the documents that it is true of.</summary>
    private static readonly (string Message, string Document)[] BeyondASchema =
    [
        // Something is compared with what stands elsewhere in the document.
        ("two rules of this list are named", ""),
        ("is shared with", ""),

        // Beyond 15 digits of an exponent nobody compares, and no schema looks at how a number is written.
        ("its exponent has more than 15 digits", "1e9999999999999999"),

        // Names, addresses and what hides in a path have rules of their own, with lengths and numbers in them.
        ("is not a host", ""),
        ("is not a network", ""),
        ("is not a folder", "%2e"),

        // A schema within is held to a language of its own, which is not repeated here.
        ("is not a keyword of", "arguments"),

        // A regular expression or a schema is read by a grammar that is no regular one.
        ("is not closed", ""),
    ];

    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-1", "-0", "1", "60.0", "1e2", "0.5", "0.0000001", "1000001", "31622401", "1000000000001", "1e18", "1000000000000000001", "1e30",
        "\"\"", "\" \"", "\"x\"", "\"x \"", "\"\\ufeff\"", "\"\\u0085\"", "\"a\\u007f\"", "\"1\"", "\"deny\"", "\"require_approval\"", "\"month\"", "\"week\"", "\"0s\"", "\"366d\"", "\"367d\"", "\"8784h\"", "\"8785h\"", "\"31622400s\"", "\"31622401s\"", "\"000000001m\"", "\"0000000001m\"", "\"fixed\"", "\"token_bucket\"", "\"grant\"", "\"global\"",
        "\"args\"", "\"args.a\"", "\"args.a.*.b\"", "\"args.a*\"", "\"args..a\"", "\"/a~2\"", "\"/a~0b/*\"", "\"/\"", "\"grant.id\"", "\"grant.id.x\"", "\"grant.attributes\"", "\"user.claims.a.b\"", "\"user.claims.*\"", "\"time.hour\"", "\"time.minute\"", "\"a.b\"", "\"(\"", "\"10.0.0.0/8\"", "\"/a/../b\"", "\"/a/./b\"", "\"/a/...\"", "\"/a//b\"", "\"/a/\"", "\"/a%2eb\"", "\"a:b\"", "1e9999999999999999",
        "\"eq\"", "\"in\"", "\"lt\"", "\"regex\"", "\"exists\"", "\"path_in\"", "\"glob\"",
        "[]", "[1]", "[null]", "[\"grant\"]", "[\"grant\", \"grant\"]", "[\"grant\", \"args.a\"]", "[\"global\"]", "[\"args.*\"]", "[\"team\"]", "[{}]", "[\"/a/../b\"]", "[\"10.0.0.0/8\"]", "{}", "{ \"a\": 1 }", "{ \"conditions\": [] }",
    ];

    private static readonly string[] Names = ["x-note", "description", "$schema", "other", "reason", "action", "burst", "window", "max", "amount", "concurrent", "algorithm", "value", "value_from", "ignore_case", "any", "not", "on_deny", "expires", "name", "rate_limit", "scope", "refund"];

    [Fact]
    public void Schema_and_checker_say_the_same_of_changed_policies()
    {
        var differences = new SortedSet<string>(StringComparer.Ordinal);
        var used = new HashSet<int>();
        int count = 0;
        foreach (JsonNode policy in Policies())
        {
            foreach (string text in Changes(policy))
            {
                count++;
                if (Difference(text, used) is { } difference)
                {
                    differences.Add(difference);
                }
            }
        }

        Assert.True(count > 10_000, $"{count}");
        Assert.True(differences.Count == 0, string.Join('\n', differences));
        Assert.Equal(Enumerable.Range(0, BeyondASchema.Length), used.Order());
    }

    private static string? Difference(string text, HashSet<int> used)
    {
        PolicyReview review = PolicyReview.Of(new PolicyText(Encoding.UTF8.GetBytes(text), "policy.json"));
        bool isInstance = Compiled.IsValid(JsonElement.Parse(text));
        if (isInstance != review.HasErrors)
        {
            return null;
        }

        if (!isInstance)
        {
            return "refused by the schema alone: " + text;
        }

        PolicyDiagnostic first = review.Diagnostics.First(static one => one.Severity == PolicySeverity.Error);
        int known = Array.FindIndex(BeyondASchema, one => first.Message.Contains(one.Message, StringComparison.Ordinal) && text.Contains(one.Document, StringComparison.Ordinal));
        used.Add(known);
        return known >= 0 ? null : $"refused by the checker alone: {first.Code} {first.Message}";
    }

    private static IEnumerable<JsonNode> Policies() =>
        Checkout.Files("samples", "*.json").Where(static file => file.StartsWith("samples/policies/", StringComparison.Ordinal)).Select(static file => JsonNode.Parse(Checkout.Read(file))!)
            .Append(JsonNode.Parse("""
                {
                  "version": "1", "default": "deny", "hide": ["drop_*"],
                  "all_tools": { "rate_limit": { "max": 10, "window": 60 } },
                  "tools": {
                    "a": { "action": "deny", "reason": "no" },
                    "b": {
                      "arguments": true,
                      "require": [{ "name": "n", "on_deny": "no", "conditions": [
                        { "any": [{ "path": "args.a", "op": "eq", "value": 1 }, { "not": { "path": "args.a", "op": "exists", "value": true } }] },
                        { "all": [{ "path": "args.a", "op": "in", "value": ["a"], "ignore_case": true }, { "path": "args.a", "op": "lt", "value_from": "args.b" }] },
                        { "path": "args.a", "op": "regex", "value": "^a$" }, { "path": "args.a", "op": "path_in", "value": ["/a"] }, { "path": "args.a", "op": "ip_in", "value": ["10.0.0.0/8"] }, { "path": "args.a", "op": "glob", "value": ["a"] }, { "path": "args.a", "op": "starts_with", "value": "a" }
                      ] }, { "name": "x", "conditions": [] }],
                      "require_approval": [{ "conditions": [], "reason": "why", "expires": "15m" }],
                      "limits": [
                        { "counter": "a", "window": "day", "max": 10, "amount": "args.a", "scope": ["grant", "args.a"], "refund": "never", "on_deny": "no" },
                        { "counter": "b", "window": "month", "max": 10, "algorithm": "fixed" },
                        { "counter": "c", "window": "7d", "max": 10, "burst": 5, "algorithm": "token_bucket", "scope": "user" },
                        { "counter": "x", "concurrent": 3, "scope": "global" }
                      ]
                    }
                  }
                }
                """)!);

    /// <summary>The document with one value changed, taken away, added or renamed.</summary>
    private static IEnumerable<string> Changes(JsonNode policy)
    {
        foreach (string path in Places(policy, []).ToArray())
        {
            foreach (string value in Values)
            {
                yield return Changed(policy, path, (parent, key) => Set(parent, key, JsonNode.Parse(value)));
            }

            yield return Changed(policy, path, Remove);
            foreach (string name in Names)
            {
                yield return Changed(policy, path, (parent, key) =>
                {
                    if (parent is JsonObject members && !members.ContainsKey(name))
                    {
                        JsonNode? value = members[key]?.DeepClone();
                        members.Remove(key);
                        members[name] = value;
                    }
                });
                yield return Changed(policy, path, (parent, key) =>
                {
                    if (parent is JsonObject members && !members.ContainsKey(name))
                    {
                        members[name] = members[key]?.DeepClone();
                    }
                });
            }
        }
    }

    /// <summary>Every value but the root and what stands in schemas of arguments, as keys from the root.</summary>
    private static IEnumerable<string> Places(JsonNode node, string[] keys)
    {
        IEnumerable<string> children = node is JsonObject members ? members.Select(static member => member.Key) : node is JsonArray list ? Enumerable.Range(0, list.Count).Select(static i => $"{i}") : [];
        foreach (string key in children.ToArray())
        {
            string[] path = [.. keys, key];
            yield return string.Join('\n', path);
            JsonNode? child = Child(node, key);
            if (child is not null && key != "arguments")
            {
                foreach (string below in Places(child, path))
                {
                    yield return below;
                }
            }
        }
    }

    private static string Changed(JsonNode policy, string path, Action<JsonNode, string> change)
    {
        JsonNode root = policy.DeepClone();
        string[] keys = path.Split('\n');
        change(keys[..^1].Aggregate(root, static (node, key) => Child(node, key)!), keys[^1]);
        return root.ToJsonString();
    }

    private static JsonNode? Child(JsonNode node, string key) => node is JsonArray list ? list[int.Parse(key, CultureInfo.InvariantCulture)] : node[key];

    private static void Set(JsonNode parent, string key, JsonNode? value)
    {
        if (parent is JsonArray list)
        {
            list[int.Parse(key, CultureInfo.InvariantCulture)] = value;
        }
        else
        {
            parent[key] = value;
        }
    }

    private static void Remove(JsonNode parent, string key)
    {
        if (parent is JsonArray list)
        {
            list.RemoveAt(int.Parse(key, CultureInfo.InvariantCulture));
        }
        else
        {
            parent.AsObject().Remove(key);
        }
    }
}
