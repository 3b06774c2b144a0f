using System.Text;
using PolicyLayer.Schemas.Values;

namespace PolicyLayer.Sdk.Linting.Demands;

/// <summary>A number, and whether it is within its own bound.</summary>
internal readonly record struct Bound(string Number, bool Inclusive)
{
    /// <summary>As <see cref="ExactNumber"/> does; 0 where the two are not compared.</summary>
    public int OrderTo(Bound other) => OrderTo(Encoding.UTF8.GetBytes(other.Number)) ?? 0;

    /// <summary>Whether a number is not below this bound; true where nobody can tell.</summary>
    public bool IsReachedBy(ReadOnlySpan<byte> number) => OrderTo(number) is not { } order || order < 0 || (order == 0 && Inclusive);

    /// <summary>Whether a number is not above this bound; true where nobody can tell.</summary>
    public bool IsKeptBy(ReadOnlySpan<byte> number) => OrderTo(number) is not { } order || order > 0 || (order == 0 && Inclusive);

    private int? OrderTo(ReadOnlySpan<byte> number) => ExactNumber.TryCompare(Encoding.UTF8.GetBytes(Number), number, out int order) ? order : null;
}
