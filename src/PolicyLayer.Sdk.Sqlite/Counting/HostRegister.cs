namespace PolicyLayer.Sdk.Sqlite.Counting;

/// <summary>Which hosts hold places, as the file says in one transaction.</summary>
/// <param name="alive">Those whose lease has not lapsed.</param>
internal sealed class HostRegister(HashSet<Guid> alive)
{
    /// <summary>Under which name the call that is looked at takes or gives back places.</summary>
    public Guid Asking { get; set; }

    public bool IsAlive(Guid host) => alive.Contains(host);

    public void Add(Guid host) => alive.Add(host);
}
