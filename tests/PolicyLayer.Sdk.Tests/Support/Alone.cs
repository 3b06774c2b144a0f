namespace PolicyLayer.Sdk.Tests.Support;

/// <summary>Tests that run when no other test does.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
