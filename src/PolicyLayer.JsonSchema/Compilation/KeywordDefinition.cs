using PolicyLayer.Schemas.Evaluation;

namespace PolicyLayer.Schemas.Compilation;

/// <summary>A keyword, or several that are read together because they are judged together.</summary>
/// <param name="Read">Reads them from a schema that has at least one; null when nothing is left to judge.</param>
/// <param name="Names">Their names.</param>
internal sealed record KeywordDefinition(Func<SchemaObject, Keyword?> Read, params string[] Names);
