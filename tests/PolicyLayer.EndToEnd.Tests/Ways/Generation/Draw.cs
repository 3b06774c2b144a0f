namespace PolicyLayer.EndToEnd.Tests.Ways.Generation;

/// <summary>What decides while something is made.</summary>
internal sealed class Draw(int seed)
{
    private readonly Random _random = new(seed);

    public bool OneIn(int count) => _random.Next(count) == 0;

    public int Below(int count) => _random.Next(count);

    public T Of<T>(params IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    public List<T> Some<T>(int most, Func<T> make) => [.. Enumerable.Range(0, _random.Next(most + 1)).Select(_ => make())];
}
