namespace PolicyLayer.Schemas;

/// <summary>The edition of JSON Schema that a schema is written in.</summary>
public enum JsonSchemaDialect
{
    /// <summary>Draft 2020-12, <c>https://json-schema.org/draft/2020-12/schema</c>.</summary>
    Draft202012,

    /// <summary>Draft 7, <c>http://json-schema.org/draft-07/schema#</c>.</summary>
    Draft7,
}
