namespace PolicyLayer.EndToEnd.Tests.Ways;

/// <summary>A way to a guard, with a guard of its own.</summary>
internal interface IWay : IAsyncDisposable
{
    /// <summary>Makes a call.</summary>
    /// <returns>What became of it; null where this way cannot carry it.</returns>
    Task<Answer?> CallAsync(WayCall call);
}
