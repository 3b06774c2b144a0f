using System.Text.Json;
using PolicyLayer.Schemas.Text;

namespace PolicyLayer.Schemas.Compilation;

/// <summary>Finds the schema that a reference points to (2020-12 core, section 8.2.3). Looks at nothing but what was given.</summary>
internal sealed class ReferenceResolver(SchemaRegistry registry, SchemaIndexer indexer, JsonSchemaOptions options)
{
    /// <param name="reference">As the schema has it.</param>
    /// <param name="from">The resource in which it stands.</param>
    /// <param name="problem">What follows the keyword's name when there is no such schema; null also when the problem has been reported elsewhere.</param>
    public SchemaPosition? Resolve(string reference, SchemaResource from, out string? problem)
    {
        problem = null;
        (string uri, string? fragment) = SchemaUri.Split(reference);
        string target = uri.Length > SchemaUri.MaxLength ? uri : SchemaUri.Resolve(from.Uri, uri);
        if (target.Length > SchemaUri.MaxLength)
        {
            problem = $"is longer than {SchemaUri.MaxLength} characters";
            return null;
        }

        bool isKnown = true;
        SchemaResource? resource = uri.Length == 0 ? from : registry.Find(target, out isKnown);
        if (!isKnown)
        {
            problem = $"points to {Quoted.InBackticks(target)}, which is not among the resources of the options; nothing is fetched";
        }

        if (resource?.Root is null)
        {
            return null;
        }

        SchemaPosition? position = Find(resource, fragment is null ? "" : Uri.UnescapeDataString(fragment), out string? missing);
        problem = missing is null ? null : $"points to {Quoted.InBackticks(reference)}, {missing}";
        return position;
    }

    private SchemaPosition? Find(SchemaResource resource, string fragment, out string? problem)
    {
        problem = null;
        if (fragment.Length == 0)
        {
            return resource.Root;
        }

        if (fragment[0] == '/')
        {
            return FollowPointer(resource, fragment, out problem);
        }

        if (resource.Anchors.TryGetValue(fragment, out SchemaPosition? anchored))
        {
            return anchored;
        }

        problem = "an anchor that is not there" + NearestName.Hint(fragment, resource.Anchors.Keys);
        return null;
    }

    private SchemaPosition? FollowPointer(SchemaResource resource, string pointer, out string? problem)
    {
        problem = null;
        SchemaDocument document = resource.Document;
        SchemaPosition passed = resource.Root!;
        JsonElement at = passed.Element;
        SchemaLocation location = passed.Location;
        foreach (string token in pointer[1..].Split('/').Select(JsonPointer.Unescape))
        {
            if (!document.TryStep(at, token, out JsonElement next))
            {
                problem = $"but there is no {Quoted.InBackticks(token)}" + (at.ValueKind == JsonValueKind.Object ? NearestName.Hint(token, document.NamesOf(at)) : "");
                return null;
            }

            at = next;
            location = location.Child(token);
            passed = document.Find(at) ?? passed;
        }

        if (document.Find(at) is null && options.AllowUnknownKeywords)
        {
            // Inside a keyword that is not known: a schema only because something points to it.
            indexer.Visit(at, location, passed.Resource);
        }

        SchemaPosition? found = document.Find(at);
        problem = found is null ? "which is not a schema" : null;
        return found;
    }
}
