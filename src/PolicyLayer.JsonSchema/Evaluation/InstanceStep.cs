using System.Text.Json;
using PolicyLayer.Schemas.Instances;
using PolicyLayer.Schemas.Text;

namespace PolicyLayer.Schemas.Evaluation;

/// <summary>One step from a value of the instance into it. A member's name is read when an error needs it: most steps lead to none.</summary>
internal readonly struct InstanceStep
{
    private readonly JsonProperty _property;
    private readonly string? _key;

    public InstanceStep(int index) => Index = index;

    public InstanceStep(scoped in Member member, bool isName)
    {
        (_property, _key) = (member.Property, member.Pair.Key);
        (IsMember, IsName) = (true, isName);
    }

    /// <summary>The item's index, where it leads to an item.</summary>
    public int Index { get; }

    /// <summary>Whether it leads to a member, or to a member's name.</summary>
    public bool IsMember { get; }

    /// <summary>Whether it leads to the name of the member rather than to its value.</summary>
    public bool IsName { get; }

    /// <summary>The member's name, clean.</summary>
    public string Name => Quoted.Clean(_key is null ? Member.NameOf(_property) : new JsonText(_key));
}
