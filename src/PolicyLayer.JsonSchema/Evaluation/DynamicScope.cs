namespace PolicyLayer.Schemas.Evaluation;

/// <summary>The dynamic anchors of one schema resource (2020-12 core, section 8.2.2). Filled while compiling, then fixed.</summary>
internal sealed class DynamicScope
{
    /// <summary>How many different names dynamic anchors may have: a set of them is one word.</summary>
    public const int MaxNames = 64;

    private (int Name, SchemaNode Target)[] _anchors = [];

    /// <summary>The names, by their numbers.</summary>
    public ulong Names { get; private set; }

    public void Add(int name, SchemaNode target)
    {
        _anchors = [.. _anchors, (name, target)];
        Names |= 1UL << name;
    }

    /// <summary>Binds those names that no resource further out has bound.</summary>
    public void Bind(Span<SchemaNode?> bindings, ulong free)
    {
        foreach ((int name, SchemaNode target) in _anchors)
        {
            if ((free & (1UL << name)) != 0)
            {
                bindings[name] = target;
            }
        }
    }
}
