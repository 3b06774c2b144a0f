using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using PolicyLayer.Schemas.Text;

namespace PolicyLayer.Sdk.InputSchemas;

/// <summary>Finds for every place in the arguments which members are declared there: by all schemas together that may judge the place, in whichever branch.</summary>
internal sealed class NamePlaceCompiler
{
    /// <summary>How often it may be looked at a part of the schema, whatever its size: branches and references together can make more places than a schema is long.</summary>
    private const int AlwaysLooks = 2_000;

    /// <summary>How often more for each byte of the schema: where any of forty kinds may stand, each name of theirs takes forty.</summary>
    private const int LooksOfByte = 16;

    private const int MostLooks = 200_000;

    private readonly Dictionary<string, NamePlace> _places = new(StringComparer.Ordinal);
    private readonly Queue<(NamePlace Place, List<SchemaPart> Parts)> _open = [];
    private readonly int _mostLooks;
    private int _looks;

    private NamePlaceCompiler(int mostLooks) => _mostLooks = mostLooks;

    /// <summary>Compiles.</summary>
    /// <param name="schema">A schema that the validator has compiled.</param>
    /// <param name="names">The place of the arguments themselves; null when nothing is declared.</param>
    /// <param name="takesAnyName">Whether at the top some schema says outright that arguments need not be declared.</param>
    /// <param name="problem">Why the names cannot be known.</param>
    public static bool TryCompile(JsonElement schema, out NamePlace? names, out bool takesAnyName, [NotNullWhen(false)] out string? problem)
    {
        var parts = new SchemaParts(schema);
        SchemaPart whole = parts.ReadAll();
        var compiler = new NamePlaceCompiler(SchemaShare.Of(schema, AlwaysLooks, LooksOfByte, MostLooks));
        names = compiler.PlaceOf([whole]);
        takesAnyName = Together([whole]).Exists(static part => part.TakesAnyName);
        problem = parts.Problem ?? (compiler.CompleteAll() ? null : "its branches and references declare names in too many ways to follow");
        return problem is null;
    }

    private bool CompleteAll()
    {
        while (_open.TryDequeue(out (NamePlace Place, List<SchemaPart> Parts) next))
        {
            Complete(next.Place, next.Parts);
            if (_looks > _mostLooks)
            {
                return false;
            }
        }

        return true;
    }

    private void Complete(NamePlace place, List<SchemaPart> parts)
    {
        string[] declared = [.. parts.SelectMany(static part => part.Members.Keys).Distinct(StringComparer.Ordinal)];

        // One that differs from a declared name only in case is a slip in the schema itself.
        var known = new HashSet<string>(declared, AnyCase.Comparer);
        string[] names = [.. declared, .. parts.SelectMany(static part => part.Required).Distinct(StringComparer.Ordinal).Where(name => !known.Contains(name))];
        ILookup<string, SchemaPart> members = parts.SelectMany(static part => part.Members).ToLookup(static member => member.Key, static member => member.Value, StringComparer.Ordinal);
        List<SchemaPart> open = parts.FindAll(static part => part.Patterns.Count + part.Others.Count > 0);
        var children = new NamePlace?[names.Length];
        for (int i = 0; i < names.Length && _looks <= _mostLooks; i++)
        {
            children[i] = PlaceOf(members[names[i]].Concat(open.SelectMany(part => PartsOf(part, names[i]))));
        }

        place.Complete(
            declared.Length,
            names,
            children,
            PlaceOf(parts.SelectMany(static part => part.Patterns.Concat(part.Others))),
            PlaceOf(parts.SelectMany(static part => part.Items)));
    }

    /// <summary>What a part says of a member besides its declaration. Of patterns any may match.</summary>
    private static IEnumerable<SchemaPart> PartsOf(SchemaPart part, string name) =>
        part.Members.ContainsKey(name) ? part.Patterns : part.Patterns.Concat(part.Others);

    private NamePlace? PlaceOf(IEnumerable<SchemaPart> parts)
    {
        List<SchemaPart> together = Together(parts);
        _looks += together.Count + 1;

        // Those that say nothing tell no places apart: else every member that refers to the same schema would be another one.
        together.RemoveAll(static part => part.IsPlain);
        if (together.Count == 0)
        {
            return null;
        }

        string key = string.Join(',', together.Select(static part => part.Number).Order());
        if (!_places.TryGetValue(key, out NamePlace? place))
        {
            place = new NamePlace();
            _places.Add(key, place);
            _open.Enqueue((place, together));
        }

        return place;
    }

    /// <summary>The parts, and all that are asked of the same value.</summary>
    private static List<SchemaPart> Together(IEnumerable<SchemaPart> parts)
    {
        var all = new List<SchemaPart>();
        var seen = new HashSet<SchemaPart>();
        var waiting = new Stack<SchemaPart>(parts);
        while (waiting.TryPop(out SchemaPart? part))
        {
            if (seen.Add(part))
            {
                all.Add(part);
                part.Same.ForEach(waiting.Push);
            }
        }

        return all;
    }
}
