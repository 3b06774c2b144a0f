using System.Collections.Frozen;
using System.Text.Json;

namespace PolicyLayer.Sdk;

/// <summary>How what tools declare of their arguments is enforced: what an adapter's options come to. Immutable and safe for concurrent use.</summary>
public sealed record ToolSchemaEnforcement
{
    private readonly bool _isEnforced;
    private readonly bool _isStrict;
    private readonly FrozenDictionary<string, IArgumentValidator> _validators;

    /// <summary>Nothing is enforced.</summary>
    public static ToolSchemaEnforcement None { get; } = new(enforceSchemas: false, strict: false, []);

    /// <summary>Keeps what options say now; a later change of them changes nothing here.</summary>
    /// <param name="enforceSchemas">Whether the tools' own schemas are enforced.</param>
    /// <param name="strict">Whether arguments that they do not declare are denied where they say nothing of them: see <see cref="ToolSchema.Compile"/>.</param>
    /// <param name="validators">A host's own validators, by the exact name of the tool.</param>
    public ToolSchemaEnforcement(bool enforceSchemas, bool strict, IEnumerable<KeyValuePair<string, IArgumentValidator>> validators)
    {
        ArgumentNullException.ThrowIfNull(validators);
        _isEnforced = enforceSchemas;
        _isStrict = enforceSchemas && strict;
        _validators = validators.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Compiles what a tool's arguments must satisfy: its own schema, the host's validator, or one behind the other. Null when there is neither.</summary>
    /// <param name="tool">The tool's exact name.</param>
    /// <param name="inputSchema">The schema as the tool lists it; undefined where it lists none, which denies every call when schemas are enforced.</param>
    public ToolSchema? Compile(string tool, JsonElement inputSchema)
    {
        ArgumentNullException.ThrowIfNull(tool);
        ToolSchema? own = _isEnforced ? ToolSchema.Compile(inputSchema, _isStrict) : null;
        return _validators.TryGetValue(tool, out IArgumentValidator? validator) ? own?.With(validator) ?? ToolSchema.From(validator) : own;
    }

    /// <summary>What the arguments of a tool must satisfy whose own schema is not known: the host's validator, or null.</summary>
    /// <param name="tool">The name as the call gives it.</param>
    public ToolSchema? FindUnlisted(string tool)
    {
        ArgumentNullException.ThrowIfNull(tool);
        return _validators.TryGetValue(tool, out IArgumentValidator? validator) ? ToolSchema.From(validator) : null;
    }

    /// <summary>Whether both enforce the same: the same validators, by reference or by their own equality, under the same names.</summary>
    public bool Equals(ToolSchemaEnforcement? other) =>
        other is not null && _isEnforced == other._isEnforced && _isStrict == other._isStrict && _validators.Count == other._validators.Count
        && _validators.All(pair => other._validators.TryGetValue(pair.Key, out IArgumentValidator? validator) && validator.Equals(pair.Value));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_isEnforced, _isStrict, _validators.Count);
}
