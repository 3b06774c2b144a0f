using System.Text.Json;
using PolicyLayer.Schemas.Evaluation;
using PolicyLayer.Schemas.Instances;
using PolicyLayer.Schemas.Text;

namespace PolicyLayer.Sdk.InputSchemas;

/// <summary>Whether every member of the arguments is spelt as it is declared. Binders that do not look at case would read what no rule has seen.</summary>
internal static class NameCheck
{
    /// <summary>Whether no member differs from a declared one only in case. Allocates nothing; goes as deep as the arguments, which are bounded.</summary>
    public static bool Holds(NamePlace place, in ToolArguments arguments) => Find(place, InstanceOf(arguments), null) is null;

    /// <summary>What is wrong with the first such member, for the model; null when there is none.</summary>
    public static string? FindSlip(NamePlace place, in ToolArguments arguments)
    {
        var path = new InstancePath();
        return Find(place, InstanceOf(arguments), path) is { } declared ? path.ToSentence($"must be spelt `{Quoted.Clean(new JsonText(declared))}`") : null;
    }

    private static Instance InstanceOf(in ToolArguments arguments) =>
        arguments.Members is { } members ? new Instance(members) : new Instance(arguments.ObjectElement);

    /// <summary>The declared name that the first slip resembles, or null; the path then leads to the slip.</summary>
    private static string? Find(NamePlace place, scoped Instance value, InstancePath? path) => value.Kind switch
    {
        JsonValueKind.Object => FindInMembers(place, value, path),
        JsonValueKind.Array when place.Items is { } items => FindInItems(items, value, path),
        _ => null,
    };

    private static string? FindInMembers(NamePlace place, scoped Instance value, InstancePath? path)
    {
        foreach (Member member in value.Members)
        {
            path?.Push(new InstanceStep(member, isName: false));
            string? declared = !place.TryEnter(member.Name, out NamePlace? child) ? place.FindInAnyCase(member.Name)
                : child is null ? null
                : Find(child, new Instance(member.Value), path);
            if (declared is not null)
            {
                return declared;
            }

            path?.Pop();
        }

        return null;
    }

    private static string? FindInItems(NamePlace items, scoped Instance value, InstancePath? path)
    {
        int index = 0;
        foreach (JsonElement item in value.Array.EnumerateArray())
        {
            path?.Push(new InstanceStep(index++));
            if (Find(items, new Instance(item), path) is { } declared)
            {
                return declared;
            }

            path?.Pop();
        }

        return null;
    }
}
