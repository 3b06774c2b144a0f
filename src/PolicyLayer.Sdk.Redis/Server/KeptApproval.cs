using System.Globalization;
using PolicyLayer.Sdk.Approvals;
using PolicyLayer.Sdk.Counting.Shared;
using StackExchange.Redis;

namespace PolicyLayer.Sdk.Redis.Server;

/// <summary>An approval as the scripts tell it: what was asked, what became of it, when it was asked and answered, who answered, and when it ends.</summary>
internal static class KeptApproval
{
    /// <exception cref="CounterStoreException">It is none that the scripts have written.</exception>
    public static StoredApproval Read(RedisResult told)
    {
        RedisResult[] parts = told.Parts();
        return ApprovalDetails.Read((string?)parts[0] ?? string.Empty) with
        {
            Status = Status((string?)parts[1]),
            AskedAt = Moment((string?)parts[2]),
            AnsweredAt = (string?)parts[3] is { } answered ? Moment(answered) : null,
            AnsweredBy = (string?)parts[4],
            ExpiresAt = Moment((string?)parts[5]),
        };
    }

    private static ApprovalStatus Status(string? text) => text switch
    {
        nameof(ApprovalStatus.Pending) => ApprovalStatus.Pending,
        nameof(ApprovalStatus.Approved) => ApprovalStatus.Approved,
        nameof(ApprovalStatus.Denied) => ApprovalStatus.Denied,
        nameof(ApprovalStatus.Used) => ApprovalStatus.Used,
        _ => throw ApprovalDetails.Spoilt(),
    };

    private static DateTimeOffset Moment(string? micros) =>
        long.TryParse(micros, NumberStyles.None, CultureInfo.InvariantCulture, out long passed) && Micros.ToSpan(passed) is var span && span <= DateTimeOffset.MaxValue - DateTimeOffset.UnixEpoch
            ? DateTimeOffset.UnixEpoch + span
            : throw ApprovalDetails.Spoilt();
}
