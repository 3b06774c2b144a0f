namespace PolicyLayer.Sdk.Counting.Shared;

/// <summary>What led to the failure of a server.</summary>
internal static class ServerFailure
{
    /// <summary>The first exception of a type in one, or in what led to it; null where there is none.</summary>
    public static T? Find<T>(Exception? failure, Func<T, bool>? isMeant = null)
        where T : Exception => failure switch
        {
            null => null,
            T found when isMeant?.Invoke(found) != false => found,
            AggregateException several => several.InnerExceptions.Select(one => Find(one, isMeant)).FirstOrDefault(static found => found is not null),
            _ => Find(failure.InnerException, isMeant),
        };
}
