using System.Runtime.CompilerServices;

namespace PolicyLayer.Sdk;

/// <summary>What options may be.</summary>
internal static class OptionBounds
{
    /// <summary>The value, if it is within its bounds. The exception names the option: of one that a configuration sets nothing else does.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static T Within<T>(T value, T least, T most, [CallerMemberName] string option = "")
        where T : IComparable<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, option);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most, option);
        return value;
    }
}
