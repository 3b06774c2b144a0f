using System.Text.Json;

namespace PolicyLayer.Sdk.Compilation.Paths;

/// <summary>A path such as <c>args.items.0.price</c> or <c>grant.attributes.tier</c> (policy format, section 3), resolved without allocation.</summary>
/// <param name="text">The path as the policy writes it.</param>
/// <param name="root">Where it begins.</param>
/// <param name="segments">The steps from there.</param>
internal sealed class ValuePath(string text, PathRoot root, PathSegment[] segments)
{
    public string Text { get; } = text;

    public PathRoot Root { get; } = root;

    public PathSegment[] Segments { get; } = segments;

    /// <summary>Whether a <c>*</c> stands in it, so that it leads to many values.</summary>
    public bool HasEvery { get; } = segments.Any(static segment => segment.IsEvery);

    /// <summary>Finds the value of a path without <c>*</c>; false when it is not there. It may be JSON's null.</summary>
    public bool TryResolve(in CallView call, out PathValue value)
    {
        if (Root == PathRoot.Arguments)
        {
            value = default;
            return call.TryGetArgument(Segments[0], ref value) && TryFollow(1, ref value);
        }

        value = PathRoots.Resolve(Root, call);
        return Segments.Length == 0 ? value.Kind != JsonValueKind.Undefined : TryFollow(0, ref value);
    }

    /// <summary>Goes on from a value, step by step. Where there is nothing, the value is none.</summary>
    private bool TryFollow(int next, ref PathValue value)
    {
        for (int i = next; i < Segments.Length; i++)
        {
            if (!Segments[i].TryStep(ref value))
            {
                value = default;
                return false;
            }
        }

        return true;
    }
}
