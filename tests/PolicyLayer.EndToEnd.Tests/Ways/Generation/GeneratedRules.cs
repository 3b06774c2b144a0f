namespace PolicyLayer.EndToEnd.Tests.Ways.Generation;

/// <summary>Rules of conditions, with operators of every family.</summary>
internal sealed class GeneratedRules(Draw draw, GeneratedValue values)
{
    public string Rules(string text) => $"[{string.Join(',', draw.Some(2, () => Rule(text)).Append(Rule(text)))}]";

    private string Rule(string text) => $$"""{"conditions":[{{string.Join(',', draw.Some(2, () => Condition(0)))}}]{{(draw.OneIn(2) ? $",\"{text}\":\"Not like this: \\u00e9 'é' 😀.\"" : string.Empty)}}}""";

    private string Condition(int depth) => depth < 3 ? draw.Below(8) switch
    {
        0 => $$"""{"not":{{Condition(depth + 1)}}}""",
        1 => $$"""{"any":[{{Condition(depth + 1)}},{{Condition(depth + 1)}}]}""",
        2 => $$"""{"all":[{{Condition(depth + 1)}},{{Condition(depth + 1)}}]}""",
        _ => Simple(),
    } : Simple();

    private string Simple()
    {
        string path = draw.Of(Texts.Paths);
        string anyCase = draw.OneIn(3) ? ",\"ignore_case\":true" : string.Empty;
        return draw.Below(14) switch
        {
            0 => Write(path, draw.Of("eq", "neq"), values.Scalar(), string.Empty),
            1 => Write(path, draw.Of("eq", "neq"), values.String(), anyCase),
            2 => Write(path, draw.Of("in", "not_in"), $"[{values.Scalar()},{values.Scalar()},{values.Scalar()}]", string.Empty),
            3 => Write(path, draw.Of("in", "not_in"), $"[{values.String()},{values.String()}]", anyCase),
            4 or 5 => Write(path, draw.Of("lt", "lte", "gt", "gte"), values.Number(), string.Empty),
            6 => Write(path, "regex", draw.Of("\"^v[0-9]+$\"", "\"^(?i)usd$\"", "\"^.$\"", "\"^.{2}$\"", "\"\\\\x{FFFD}\"", "\"^\\\\pL+$\""), anyCase),
            7 => Write(path, "contains", values.Scalar(), string.Empty),
            8 => Write(path, "exists", draw.Of("true", "false"), string.Empty),
            9 => Write(path, draw.Of("starts_with", "ends_with", "contains"), draw.Of("\"u\"", "\"D\"", "\"\\u00e9\"", "\"/\"", "\"\\ud83d\\ude00\"", "\"\\n\""), anyCase),
            10 => Write(path, "glob", draw.Of("[\"docs/**\",\"*.md\"]", "\"?\"", "\"*\"", "[\"feat/*\",\"u?d\"]"), anyCase),
            11 => Write(path, "path_in", "[\"/srv/data\"]", string.Empty),
            12 => draw.OneIn(2) ? Write(path, "host_in", "[\"*.example.org\",\"example.com\"]", string.Empty) : Write(path, "ip_in", "[\"10.0.0.0/8\",\"::1/128\"]", string.Empty),
            _ => $$"""{"path":"{{path}}","op":"{{draw.Of("eq", "neq", "lt", "lte", "contains", "in", "starts_with", "glob", "path_in")}}","value_from":"{{draw.Of(Texts.Paths)}}"}""",
        };
    }

    private static string Write(string path, string op, string value, string more) => $$"""{"path":"{{path}}","op":"{{op}}","value":{{value}}{{more}}}""";
}
