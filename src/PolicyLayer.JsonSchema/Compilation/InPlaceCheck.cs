using PolicyLayer.Schemas.Evaluation;
using PolicyLayer.Schemas.Keywords;

namespace PolicyLayer.Schemas.Compilation;

/// <summary>
/// Refuses schemas that would apply to one value without end, because references lead back to where they came from without going into the value, and
/// those that would go too deep in doing so.
/// </summary>
/// <remarks>Without recursion of its own: a chain of references may be as long as a schema has subschemas.</remarks>
internal sealed class InPlaceCheck(SchemaErrors errors)
{
    private readonly Dictionary<SchemaNode, int> _heights = [];
    private readonly List<Step> _path = [];
    private readonly Dictionary<SchemaNode, int> _onPath = [];

    public void Check(IEnumerable<SchemaNode> nodes)
    {
        foreach (SchemaNode node in nodes)
        {
            if (!_heights.ContainsKey(node))
            {
                CheckFrom(node);
            }
        }
    }

    private void CheckFrom(SchemaNode start)
    {
        Enter(start);
        while (_path.Count > 0)
        {
            Step step = _path[^1];
            if (!step.Next.MoveNext())
            {
                Leave(step);
                continue;
            }

            (Keyword keyword, SchemaNode target) = step.Next.Current;
            step.Keyword = keyword;
            if (_onPath.TryGetValue(target, out int place))
            {
                ReportCircle(place);
            }
            else if (_heights.TryGetValue(target, out int height))
            {
                step.Height = Math.Max(step.Height, height + 1);
            }
            else
            {
                Enter(target);
            }
        }
    }

    private void Enter(SchemaNode node)
    {
        _onPath.Add(node, _path.Count);
        _path.Add(new Step(node));
    }

    private void Leave(Step step)
    {
        _path.RemoveAt(_path.Count - 1);
        _onPath.Remove(step.Node);
        _heights.Add(step.Node, step.Height);
        if (_path.Count > 0)
        {
            _path[^1].Height = Math.Max(_path[^1].Height, step.Height + 1);
        }

        // Once, not for everything above it, too.
        if (step.Height == EvaluationRun.MaxDepth)
        {
            errors.Add(step.Node.Location, $"references lead through more than {EvaluationRun.MaxDepth} schemas that all apply to the same value");
        }
    }

    private void ReportCircle(int place)
    {
        Keyword reference = _path.Skip(place).Select(step => step.Keyword!).First(keyword => keyword is Reference or DynamicReference);
        errors.Add(reference.Location, $"`{reference.Location.Keyword}` leads back to where it came from without going into the value, so judging would never end");
    }

    private sealed class Step(SchemaNode node)
    {
        public SchemaNode Node { get; } = node;

        public IEnumerator<(Keyword Keyword, SchemaNode Target)> Next { get; } =
            node.Keywords.SelectMany(keyword => keyword.InPlace.Select(target => (keyword, target))).GetEnumerator();

        /// <summary>The keyword by which the path goes on.</summary>
        public Keyword? Keyword { get; set; }

        public int Height { get; set; } = 1;
    }
}
