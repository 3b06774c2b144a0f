namespace PolicyLayer.Repository.Tests.PublicApi;

/// <summary>A class with some of everything, to see that it is shown.</summary>
public sealed class ShownClass(string name) : IDisposable
{
    public int? Property { get; init; } = name.Length;

    internal string Unseen { get; } = name;

    public static string? Method(IReadOnlyList<string?> some, out int count, string? name = null, bool flag = true)
    {
        count = some.Count;
        return flag ? name : null;
    }

    public void Dispose() => GC.KeepAlive(this);
}
