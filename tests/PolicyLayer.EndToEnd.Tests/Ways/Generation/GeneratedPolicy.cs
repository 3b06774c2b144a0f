using PolicyLayer.Sdk;

namespace PolicyLayer.EndToEnd.Tests.Ways.Generation;

/// <summary>Policies over few tools, so that entries meet.</summary>
internal sealed class GeneratedPolicy(Draw draw, GeneratedValue values)
{
    private static readonly string[] Patterns = ["pay", "Pay", "search", "fail", "list_*", "list_files", "*", "p?y", "?ay", "na\\u00efve", "na*", "missing", "l*s", "[*"];

    private readonly GeneratedRules _rules = new(draw, values);
    private readonly GeneratedSchema _schemas = new(draw, values);

    /// <summary>A policy's JSON, which has no errors.</summary>
    public string Make()
    {
        var tools = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string pattern in draw.Some(5, () => draw.Of(Patterns)))
        {
            tools[pattern] = Entry();
        }

        // Most calls are to come past the names.
        tools["*"] = tools.GetValueOrDefault("*") ?? (draw.OneIn(3) ? Entry() : "{}");
        var members = new List<string> { "\"version\":\"1\"", $"\"default\":\"{draw.Of("allow", "deny")}\"" };
        if (draw.OneIn(4))
        {
            members.Add($"\"hide\":[\"{draw.Of("list_*", "Pay", "missing", "fail", "na\\u00efve")}\"]");
        }

        if (draw.OneIn(3))
        {
            members.Add($"\"all_tools\":{Entry()}");
        }

        if (draw.OneIn(3))
        {
            tools.Remove("*");
        }

        members.Add($"\"tools\":{{{string.Join(',', tools.Select(static tool => $"\"{tool.Key}\":{tool.Value}"))}}}");
        return $"{{{string.Join(',', members)}}}";
    }

    public static bool IsRight(string policy)
    {
        try
        {
            ToolPolicy.Parse(policy);
            return true;
        }
        catch (PolicyFormatException)
        {
            return false;
        }
    }

    /// <summary>An entry that no policy is wrong for.</summary>
    private string Entry()
    {
        while (true)
        {
            string entry = Draft();
            if (IsRight($$"""{ "version": "1", "default": "deny", "tools": { "*": {{entry}} } }"""))
            {
                return entry;
            }
        }
    }

    private string Draft()
    {
        var members = new List<string>();
        if (draw.OneIn(12))
        {
            members.Add($"\"action\":\"{draw.Of("deny", "require_approval")}\"");
        }

        if (draw.OneIn(4))
        {
            members.Add($"\"arguments\":{_schemas.Make()}");
        }

        if (draw.OneIn(4))
        {
            members.Add($"\"require\":{_rules.Rules("on_deny")}");
        }

        if (draw.OneIn(2))
        {
            members.Add($"\"deny_if\":{_rules.Rules("on_deny")}");
        }

        if (draw.OneIn(10))
        {
            members.Add($"\"require_approval\":{_rules.Rules("reason")}");
        }

        if (draw.OneIn(3))
        {
            members.Add($"\"limits\":[{string.Join(',', draw.Some(1, Limit).Append(Limit()).Distinct())}]");
        }
        else if (draw.OneIn(5))
        {
            members.Add($"\"rate_limit\":{{\"max\":{draw.Of("1", "3", "5")},\"window\":60}}");
        }

        return $"{{{string.Join(',', members)}}}";
    }

    private string Limit()
    {
        string how = draw.Of(
            $$"""{"counter":"calls","window":"minute","max":{{draw.Of("2", "4", "6")}},@}""",
            $$"""{"counter":"spend","window":"90s","max":{{draw.Of("100", "250.5", "10")}},"amount":{{draw.Of("2", "0.5", "\"args.amount\"", "\"args.opts.price\"")}},@}""",
            """{"counter":"month","window":"month","algorithm":"fixed","max":3,"scope":["grant","args.text"],@}""",
            """{"counter":"bucket","window":"hour","algorithm":"token_bucket","max":1,"burst":4,"scope":"session",@}""");
        return draw.OneIn(8)
            ? $$"""{"counter":"slots","concurrent":{{draw.Below(3)}},"scope":"global"}"""
            : how.Replace("@", $"\"refund\":\"{draw.Of("never", "not_run", "on_error")}\"", StringComparison.Ordinal);
    }
}
