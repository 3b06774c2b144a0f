namespace PolicyLayer.EndToEnd.Tests.Ways.Generation;

/// <summary>Schemas of arguments, those of policies and those of tools.</summary>
internal sealed class GeneratedSchema(Draw draw, GeneratedValue values)
{
    /// <summary>A schema of all arguments.</summary>
    public string Make()
    {
        if (!draw.OneIn(3))
        {
            return """{"type":"object","additionalProperties":true}""";
        }

        List<string> names = [.. Texts.Names.Where(_ => draw.OneIn(4))];
        var members = new List<string> { "\"type\":\"object\"", $"\"properties\":{{{string.Join(',', names.Select(name => $"{name}:{Property()}"))}}}" };
        if (draw.OneIn(4))
        {
            members.Add($"\"required\":[{string.Join(',', names.Take(1))}]");
        }

        members.Add(draw.Below(6) switch
        {
            0 => "\"additionalProperties\":false",
            1 => $"\"additionalProperties\":{Property()}",
            2 => "\"description\":\"it says nothing of others\"",
            _ => "\"additionalProperties\":true",
        });
        if (draw.OneIn(6))
        {
            members.Add(draw.Of("\"minProperties\":1", "\"maxProperties\":2", "\"propertyNames\":{\"maxLength\":4}", "\"dependentRequired\":{\"amount\":[\"text\"]}"));
        }

        return $"{{{string.Join(',', members)}}}";
    }

    private string Property() => draw.Below(14) switch
    {
        0 => "{}",
        1 => "true",
        2 => """{"type":"number"}""",
        3 => """{"type":"integer"}""",
        4 => """{"type":"string"}""",
        5 => $$"""{"enum":[{{values.Scalar()}},{{values.Any()}}]}""",
        6 => $$"""{"const":{{values.Any()}}}""",
        7 => $$"""{"{{draw.Of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")}}":{{values.Number()}}}""",
        8 => $$"""{"multipleOf":{{draw.Of("0.1", "1", "1e0", "3", "0.01")}}}""",
        9 => $$"""{"type":["string","null","array","object"],"{{draw.Of("minLength", "maxLength", "maxItems", "minItems")}}":{{draw.Of("1", "1.0", "2")}}}""",
        10 => $$"""{"pattern":{{draw.Of("\"^[a-z]+$\"", "\"^.$\"", "\"\\\\d\"", "\"^\\\\S*$\"", "\"é\"")}}}""",
        11 => """{"items":{"type":["number","string"]},"uniqueItems":true}""",
        12 => """{"type":["object","number","string"],"properties":{"a":{"type":"object","properties":{"b":{}}},"price":{"type":"number"}}}""",
        _ => $$"""{"anyOf":[{"type":"string"},{"type":"number","maximum":{{values.Number()}}}]}""",
    };
}
