using System.Globalization;
using System.Text.Json;
using PolicyLayer.Schemas.Compilation;
using PolicyLayer.Schemas.Evaluation;
using PolicyLayer.Schemas.Instances;

namespace PolicyLayer.Schemas.Keywords;

/// <summary><c>contains</c> (2020-12 core, section 10.3.1.3) with <c>minContains</c> and <c>maxContains</c> (validation, sections 6.4.4 and 6.4.5).</summary>
internal sealed class Contains(SchemaLocation location, SchemaNode schema, (long Count, SchemaLocation Location) least, (long Count, SchemaLocation Location) most)
    : Keyword(location)
{
    public static Keyword? Read(SchemaObject schema)
    {
        SchemaValue? contains = schema.Find("contains");
        SchemaValue? least = schema.Find("minContains");
        SchemaValue? most = schema.Find("maxContains");
        SchemaNode? node = contains?.ReadSchema();
        long from = least is not null && least.TryReadCount(out long min) ? min : 1;
        long to = most is not null && most.TryReadCount(out long max) ? max : long.MaxValue;

        // Without `contains`, the others say nothing.
        return node is null ? null : new Contains(contains!.Location, node, (from, (least ?? contains).Location), (to, (most ?? contains).Location));
    }

    public override bool Evaluate(scoped in Instance instance, ref EvaluationRun run)
    {
        if (instance.Kind != JsonValueKind.Array)
        {
            return true;
        }

        long matches = Count(instance.Array, ref run);
        if (matches >= least.Count && matches <= most.Count)
        {
            return true;
        }

        if (!run.StopsAtFirst)
        {
            (string words, (long count, SchemaLocation location)) = matches < least.Count ? ("at least", least) : ("at most", most);
            string items = count == 1 ? "item that matches" : "items that match";
            run.Errors!.Add(location, string.Create(CultureInfo.InvariantCulture, $"must have {words} {count} {items} `contains`"));
        }

        return false;
    }

    private long Count(JsonElement array, ref EvaluationRun run)
    {
        long matches = 0;
        int index = 0;
        run.Suspend();
        foreach (JsonElement item in array.EnumerateArray())
        {
            if (schema.EvaluateApart(new Instance(item), ref run))
            {
                matches++;
                if (run.Marks.AreKept)
                {
                    run.Marks.Add(index);
                }
            }

            // Further items cannot change the verdict; but they may have to be marked.
            if (!run.Marks.AreKept && (matches > most.Count || (matches >= least.Count && most.Count == long.MaxValue)))
            {
                break;
            }

            index++;
        }

        run.Resume();
        return matches;
    }
}
