namespace PolicyLayer.Sdk.Python.Tests.Life;

/// <summary>For tests that count descriptors and children of the whole process, or suffer when others fork: nothing runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "life";
}
