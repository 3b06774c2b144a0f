namespace PolicyLayer.Schemas.Regexes;

/// <summary>Keeps what searches work with for the next ones, so that a search allocates nothing.</summary>
internal sealed class RegexScratchPool(RegexProgram program)
{
    private static readonly int MaxKept = Math.Min(Environment.ProcessorCount, 16);

    private readonly RegexScratch?[] _kept = new RegexScratch?[MaxKept];

    public RegexScratch Rent()
    {
        for (int i = 0; i < _kept.Length; i++)
        {
            if (Interlocked.Exchange(ref _kept[i], null) is { } scratch)
            {
                return scratch;
            }
        }

        return new RegexScratch(program);
    }

    public void Return(RegexScratch scratch)
    {
        for (int i = 0; i < _kept.Length; i++)
        {
            if (Interlocked.CompareExchange(ref _kept[i], scratch, null) is null)
            {
                return;
            }
        }
    }
}
