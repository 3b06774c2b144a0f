using System.Text.Json;

namespace PolicyLayer.Sdk;

/// <summary>A host's own check of a tool's arguments, asked behind the policies' schemas: see <see cref="ToolSchema.From"/>.</summary>
/// <remarks>
/// An implementation is pure, synchronous, bounded in time and memory, and safe for concurrent use: it runs within the decision, and is asked again for an explanation.
/// What it throws is a denial, and what the exception says is shown to nobody.
/// Nothing but the validator knows which names it declares. Many tools bind names without looking at case, and ignore what they do not know:
/// so a validator itself must refuse members that it does not declare, at every depth, above all those that differ from a declared one only in case.
/// </remarks>
public interface IArgumentValidator
{
    /// <summary>Judges the arguments of one call.</summary>
    /// <param name="arguments">An object, well formed, without duplicate names, at most 64 levels deep and 1 MiB long. A call without arguments is judged as an empty object. It must not be kept after the return.</param>
    /// <returns>Null when the arguments hold; else what is wrong.</returns>
    ArgumentProblem? Validate(JsonElement arguments);
}
