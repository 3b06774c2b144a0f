using Npgsql;
using PolicyLayer.Sdk.Approvals;

namespace PolicyLayer.Sdk.Postgres.Server;

/// <summary>A row of the server's approvals.</summary>
internal static class ApprovalRow
{
    /// <summary>The columns, in the order in which they are read.</summary>
    public const string Columns = "status, asked, expires, answered, answered_by, details";

    private const long MaxMicros = 253_402_300_799_999_999;

    /// <summary>The next row; null where there is no more.</summary>
    /// <exception cref="CounterStoreException">It holds what we have not put there.</exception>
    public static async Task<StoredApproval?> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken) =>
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false)
            ? ApprovalDetails.Read(reader.GetString(5)) with
            {
                Status = Status(reader.GetString(0)),
                AskedAt = Moment(reader.GetInt64(1)),
                ExpiresAt = Moment(reader.GetInt64(2)),
                AnsweredAt = reader.IsDBNull(3) ? null : Moment(reader.GetInt64(3)),
                AnsweredBy = reader.IsDBNull(4) ? null : reader.GetString(4),
            }
            : null;

    /// <inheritdoc cref="ReadAsync"/>
    public static async Task<IReadOnlyList<StoredApproval>> ReadAllAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var all = new List<StoredApproval>();
        while (await ReadAsync(reader, cancellationToken).ConfigureAwait(false) is { } approval)
        {
            all.Add(approval);
        }

        return all;
    }

    private static ApprovalStatus Status(string text) => text switch
    {
        "pending" => ApprovalStatus.Pending,
        "approved" => ApprovalStatus.Approved,
        "denied" => ApprovalStatus.Denied,
        "used" => ApprovalStatus.Used,
        _ => throw ApprovalDetails.Spoilt(),
    };

    /// <summary>The end of the calendar where it is later.</summary>
    private static DateTimeOffset Moment(long micros) => DateTimeOffset.UnixEpoch.AddTicks(Math.Min(micros, MaxMicros) * TimeSpan.TicksPerMicrosecond);
}
