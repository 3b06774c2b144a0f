namespace PolicyLayer.Sdk;

/// <summary>Where the windows of a <c>fixed</c> limit begin, in UTC.</summary>
public enum CalendarUnit
{
    /// <summary>At multiples of the length, counted from 1970-01-01T00:00:00Z. Seconds, minutes, hours and days begin so by themselves.</summary>
    FromEpoch = 0,

    /// <summary>On Mondays.</summary>
    Week,

    /// <summary>On the first of each month.</summary>
    Month,
}
