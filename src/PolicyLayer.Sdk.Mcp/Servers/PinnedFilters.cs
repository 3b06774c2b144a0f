using System.Collections.ObjectModel;

namespace PolicyLayer.Sdk.Mcp.Servers;

/// <summary>A server's filters with ours held at the ends, wherever others are added later: the first is outermost, the last stands right before the tool.</summary>
internal sealed class PinnedFilters<TFilter> : Collection<TFilter>
    where TFilter : class
{
    private readonly int _pinnedLast;

    public PinnedFilters(TFilter first, IEnumerable<TFilter> between, TFilter? last)
        : base(last is null ? [first, .. between] : [first, .. between, last]) => _pinnedLast = last is null ? 0 : 1;

    protected override void InsertItem(int index, TFilter item) => base.InsertItem(Math.Clamp(index, 1, Count - _pinnedLast), item);

    protected override void SetItem(int index, TFilter item)
    {
        RefusePinned(index);
        base.SetItem(index, item);
    }

    protected override void RemoveItem(int index)
    {
        RefusePinned(index);
        base.RemoveItem(index);
    }

    protected override void ClearItems()
    {
        while (Count > 1 + _pinnedLast)
        {
            base.RemoveItem(1);
        }
    }

    private void RefusePinned(int index)
    {
        if (index == 0 || index >= Count - _pinnedLast)
        {
            throw new InvalidOperationException("the filters of WithToolPolicies() cannot be removed");
        }
    }
}
