using PolicyLayer.Schemas.Evaluation;

namespace PolicyLayer.Schemas.Compilation;

/// <summary>What comes out of compiling.</summary>
/// <param name="Root">The schema as a whole.</param>
/// <param name="DynamicNames">How many names of dynamic anchors a validation keeps track of.</param>
internal sealed record CompiledSchema(SchemaNode Root, int DynamicNames);
