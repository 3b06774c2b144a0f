using System.Globalization;

namespace PolicyLayer.Sdk.Decisions;

/// <summary>Which decision of which guard, and when it began.</summary>
/// <param name="Issuer">The guard; null on a decision nobody made.</param>
/// <param name="Number">From <see cref="DecisionNumber"/>.</param>
/// <param name="StartedAt">The guard's clock when the call came, in its own ticks.</param>
internal readonly record struct DecisionTrace(ToolGuard? Issuer, long Number, long StartedAt)
{
    public string? Id => Issuer is null ? null : string.Create(CultureInfo.InvariantCulture, $"{Issuer.InstanceId}-{Number}");
}
