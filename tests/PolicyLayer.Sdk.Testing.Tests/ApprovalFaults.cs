using System.Collections.Concurrent;
using PolicyLayer.Sdk.Approvals;

namespace PolicyLayer.Sdk.Testing.Tests;

/// <summary>Ways to break the contract of stores of approvals.</summary>
internal static class ApprovalFaults
{
    public static BrokenApprovalStore Create(string fault, TimeProvider time) => fault switch
    {
        "believes the caller" => new(time) { Asks = BelieveAsync },
        "lets wait a tick longer" => Told(time, static approval => approval.Status == ApprovalStatus.Pending, static approval => approval with { ExpiresAt = approval.ExpiresAt.AddTicks(1) }),
        "asks about the same call again" => new(time) { Asks = static (sound, asked, token) => sound.AskAsync(asked with { Fingerprint = asked.Id }, token) },
        "takes all calls for one" => new(time) { Asks = static (sound, asked, token) => sound.AskAsync(asked with { Fingerprint = asked.Tool }, token) },
        "finds no empty text" => new(time) { Finds = static async (sound, id, token) => WithoutEmpty(await sound.FindAsync(id, token)) },
        "lists no empty text" => new(time) { Lists = static all => all.Select(static one => WithoutEmpty(one)!) },
        "answers with no empty text" => new(time) { Answers = static async (sound, given, token) => WithoutEmpty(await given.ToAsync(sound, token)) },
        "uses with no empty text" => Told(time, static approval => approval.Status == ApprovalStatus.Approved, static approval => WithoutEmpty(approval)!),
        "takes null for empty" => new(time) { Finds = static async (sound, id, token) => await sound.FindAsync(id, token) is { } found ? found with { Session = found.Session ?? string.Empty } : null },
        "approves what is used" => Answered(time, static given => given.IsApproved, static found => found.Status == ApprovalStatus.Used ? found with { Status = ApprovalStatus.Approved } : found),
        "denies what is used" => Answered(time, static given => !given.IsApproved, static found => found.Status == ApprovalStatus.Used ? found with { Status = ApprovalStatus.Denied } : found),
        "approves what is denied" => Answered(time, static given => given.IsApproved, static found => found.Status == ApprovalStatus.Denied ? found with { Status = ApprovalStatus.Approved } : found),
        "keeps who approved" => new(time) { Answers = new FirstName().AnswerAsync },
        "keeps an approval" => new(time) { Answers = KeepApprovedAsync },
        "uses twice" => new(time) { Asks = new UsedTwice().AskAsync },
        "tells a denial once" => new(time) { Asks = new ToldOnce().AskAsync },
        "names others after a use as they come" => new(time) { Asks = NameAsTheyComeAsync },
        "looks, then adds" => new(time) { Asks = new TornApprovals().LookThenAddAsync },
        "looks, then uses" => new(time) { Asks = new TornApprovals().LookThenUseAsync },
        "looks, then answers" => Torn(time, new TornApprovals()),
        "finds by pattern" => new(time) { Finds = static async (sound, id, token) => await FirstAsync(sound, id, token) ?? await sound.FindAsync(id, token) },
        "answers by pattern" => new(time) { Answers = static async (sound, given, token) => await (await FirstAsync(sound, given.Id, token) is { } first ? given with { Id = first.Id } : given).ToAsync(sound, token) },
        "finds by the beginning" => new(time) { Finds = static async (sound, id, token) => (await sound.ListAsync(token)).FirstOrDefault(one => id.Length > 0 && one.Id.StartsWith(id, StringComparison.Ordinal)) },
        "lists the last first" => new(time) { Lists = static all => all.Reverse() },
        "lists by what came last" => new(time) { Lists = static all => all.OrderBy(static one => one.AnsweredAt ?? one.AskedAt) },
        "finds the expired" => new(time) { Finds = new Unforgotten().FindAsync },
        "answers the expired" => new(time) { Answers = new Unforgotten().AnswerAsync },
        "lists the expired" => Hoarding(time, new Unforgotten()),
        "expires a moment late" => new(time) { Asks = static (sound, asked, token) => sound.AskAsync(asked with { Lifetime = asked.Lifetime + TimeSpan.FromTicks(1) }, token) },
        "gives an approval what is left" => Answered(time, static given => given.IsApproved, static found => found with { ExpiresAt = found.AskedAt + found.Lifetime }),
        "keeps without end" => new(time) { Asks = KeepAsync },
        "counts what is denied" => new(time) { Asks = CountAllAsync },
        "keeps one fewer" => new(time) { Asks = KeepFewerAsync },
        "knows nobody when it is full" => new(time) { Asks = new Shut().AskAsync },
        "ignores cancellation" => new(time) { Asks = static (sound, asked, _) => sound.AskAsync(asked, CancellationToken.None) },
        "keeps what was cancelled" => new(time) { Asks = KeepCancelledAsync },
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "no such fault"),
    };

    /// <summary>A store that tells callers something else than it keeps.</summary>
    private static BrokenApprovalStore Told(TimeProvider time, Func<StoredApproval, bool> when, Func<StoredApproval, StoredApproval> change) => new(time)
    {
        Asks = async (sound, asked, token) => await sound.AskAsync(asked, token) is var kept && when(kept) ? change(kept) : kept,
    };

    /// <summary>A store that tells whoever answers something else than it keeps.</summary>
    private static BrokenApprovalStore Answered(TimeProvider time, Func<ApprovalAnswerGiven, bool> when, Func<StoredApproval, StoredApproval> change) => new(time)
    {
        Answers = async (sound, given, token) => await given.ToAsync(sound, token) is { } found ? when(given) ? change(found) : found : null,
    };

    private static BrokenApprovalStore Hoarding(TimeProvider time, Unforgotten seen) => new(time) { Asks = seen.AskAsync, Lists = seen.List };

    private static BrokenApprovalStore Torn(TimeProvider time, TornApprovals torn) => new(time) { Answers = torn.LookThenAnswerAsync, Finds = torn.FindAsync };

    private static StoredApproval? WithoutEmpty(StoredApproval? approval) => approval is null ? null : approval with { Reasons = [.. approval.Reasons.Where(static reason => reason.Length > 0)] };

    private static async ValueTask<StoredApproval> BelieveAsync(IApprovalStore sound, StoredApproval asked, CancellationToken cancellationToken)
    {
        StoredApproval kept = await sound.AskAsync(asked, cancellationToken);
        return asked.Status == ApprovalStatus.Approved ? (await sound.AnswerAsync(kept.Id, isApproved: true, asked.AnsweredBy, cancellationToken))! : kept;
    }

    private static async ValueTask<StoredApproval?> KeepApprovedAsync(IApprovalStore sound, ApprovalAnswerGiven given, CancellationToken cancellationToken) =>
        await sound.FindAsync(given.Id, cancellationToken) is { Status: ApprovalStatus.Approved } approved ? approved : await given.ToAsync(sound, cancellationToken);

    private static async ValueTask<StoredApproval> NameAsTheyComeAsync(IApprovalStore sound, StoredApproval asked, CancellationToken cancellationToken)
    {
        StoredApproval kept = await sound.AskAsync(asked, cancellationToken);
        return kept.Status == ApprovalStatus.Pending && (await sound.ListAsync(cancellationToken)).Any(one => one.Fingerprint == asked.Fingerprint && one.Status == ApprovalStatus.Used)
            ? kept with { Id = asked.Id }
            : kept;
    }

    private static async Task<StoredApproval?> FirstAsync(IApprovalStore sound, string pattern, CancellationToken cancellationToken) =>
        pattern is "*" or "%" && await sound.ListAsync(cancellationToken) is [var first, ..] ? first : null;

    private static async ValueTask<StoredApproval> KeepAsync(IApprovalStore sound, StoredApproval asked, CancellationToken cancellationToken)
    {
        try
        {
            return await sound.AskAsync(asked, cancellationToken);
        }
        catch (CounterStoreException)
        {
            return asked;
        }
    }

    private static async ValueTask<StoredApproval> KeepFewerAsync(IApprovalStore sound, StoredApproval asked, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredApproval> all = await sound.ListAsync(cancellationToken);
        return all.Count < ApprovalBounds.MostKept - 1 || all.Any(one => one.Fingerprint == asked.Fingerprint) ? await sound.AskAsync(asked, cancellationToken) : throw ApprovalBounds.Full();
    }

    private static async ValueTask<StoredApproval> CountAllAsync(IApprovalStore sound, StoredApproval asked, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredApproval> all = await sound.ListAsync(cancellationToken);
        return all.Count(one => one.Grant == asked.Grant) < ApprovalBounds.MostWaiting || all.Any(one => one.Fingerprint == asked.Fingerprint) ? await sound.AskAsync(asked, cancellationToken) : throw ApprovalBounds.Full();
    }

    private static async ValueTask<StoredApproval> KeepCancelledAsync(IApprovalStore sound, StoredApproval asked, CancellationToken cancellationToken)
    {
        StoredApproval kept = await sound.AskAsync(asked, CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        return kept;
    }

    /// <summary>A denial leaves the name of who approved.</summary>
    private sealed class FirstName
    {
        private readonly ConcurrentDictionary<string, string?> _names = new();

        public async ValueTask<StoredApproval?> AnswerAsync(IApprovalStore sound, ApprovalAnswerGiven given, CancellationToken cancellationToken) =>
            await given.ToAsync(sound, cancellationToken) is { } answered ? answered with { AnsweredBy = _names.GetOrAdd(given.Id, answered.AnsweredBy) } : null;
    }

    /// <summary>An approval lets the call that comes next run too.</summary>
    private sealed class UsedTwice
    {
        private readonly ConcurrentDictionary<string, StoredApproval> _used = new();

        public async ValueTask<StoredApproval> AskAsync(IApprovalStore sound, StoredApproval asked, CancellationToken cancellationToken)
        {
            if (_used.TryRemove(asked.Fingerprint, out StoredApproval? used))
            {
                return used;
            }

            StoredApproval kept = await sound.AskAsync(asked, cancellationToken);
            return kept.Status == ApprovalStatus.Approved ? _used[asked.Fingerprint] = kept : kept;
        }
    }

    /// <summary>A denial holds until one caller was told.</summary>
    private sealed class ToldOnce
    {
        private readonly ConcurrentDictionary<string, bool> _told = new();

        public async ValueTask<StoredApproval> AskAsync(IApprovalStore sound, StoredApproval asked, CancellationToken cancellationToken)
        {
            StoredApproval kept = await sound.AskAsync(asked, cancellationToken);
            return kept.Status == ApprovalStatus.Denied && !_told.TryAdd(kept.Id, true) ? asked : kept;
        }
    }

    /// <summary>What was once seen stays.</summary>
    private sealed class Unforgotten
    {
        private readonly ConcurrentDictionary<string, StoredApproval> _seen = new();

        public async ValueTask<StoredApproval?> FindAsync(IApprovalStore sound, string id, CancellationToken cancellationToken) =>
            Remember(id, await sound.FindAsync(id, cancellationToken));

        public async ValueTask<StoredApproval?> AnswerAsync(IApprovalStore sound, ApprovalAnswerGiven given, CancellationToken cancellationToken) =>
            Remember(given.Id, await given.ToAsync(sound, cancellationToken));

        public async ValueTask<StoredApproval> AskAsync(IApprovalStore sound, StoredApproval asked, CancellationToken cancellationToken)
        {
            StoredApproval kept = await sound.AskAsync(asked, cancellationToken);
            return _seen[kept.Id] = kept;
        }

        public IEnumerable<StoredApproval> List(IEnumerable<StoredApproval> all) => all.UnionBy(_seen.Values, static one => one.Id).OrderBy(static one => one.AskedAt);

        private StoredApproval? Remember(string id, StoredApproval? found) => found is null ? _seen.GetValueOrDefault(id) : _seen[id] = found;
    }

    /// <summary>Who has refused once refuses all.</summary>
    private sealed class Shut
    {
        private bool _isShut;

        public async ValueTask<StoredApproval> AskAsync(IApprovalStore sound, StoredApproval asked, CancellationToken cancellationToken)
        {
            try
            {
                return _isShut ? throw ApprovalBounds.Full() : await sound.AskAsync(asked, cancellationToken);
            }
            catch (CounterStoreException)
            {
                _isShut = true;
                throw;
            }
        }
    }
}
