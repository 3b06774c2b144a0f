using System.Collections.Concurrent;

namespace PolicyLayer.Sdk.Testing.Tests;

/// <summary>What goes wrong in a store that looks, and then writes, and lets others in between.</summary>
internal sealed class TornApprovals
{
    private readonly ConcurrentDictionary<string, int> _looking = new();
    private readonly ConcurrentDictionary<string, bool> _overruled = new();

    /// <summary>Nobody has asked about the call before, so it is put before people, whoever else has seen the same meanwhile.</summary>
    public async ValueTask<StoredApproval> LookThenAddAsync(IApprovalStore sound, StoredApproval asked, CancellationToken cancellationToken)
    {
        if ((await sound.ListAsync(cancellationToken)).Any(one => one.Fingerprint == asked.Fingerprint))
        {
            return await sound.AskAsync(asked, cancellationToken);
        }

        await LookTogetherAsync(asked.Fingerprint);
        StoredApproval kept = await sound.AskAsync(asked, cancellationToken);
        return kept.Id == asked.Id
            ? kept
            : await sound.AskAsync(asked with { Fingerprint = asked.Id }, cancellationToken) with { Fingerprint = asked.Fingerprint };
    }

    /// <summary>The call is approved, so it runs, whoever else has seen the same meanwhile.</summary>
    public async ValueTask<StoredApproval> LookThenUseAsync(IApprovalStore sound, StoredApproval asked, CancellationToken cancellationToken)
    {
        StoredApproval? approved = (await sound.ListAsync(cancellationToken)).FirstOrDefault(one => one.Fingerprint == asked.Fingerprint && one.Status == ApprovalStatus.Approved);
        if (approved is null)
        {
            return await sound.AskAsync(asked, cancellationToken);
        }

        await LookTogetherAsync(asked.Fingerprint);
        await sound.AskAsync(asked, cancellationToken);
        return approved;
    }

    /// <summary>The call is pending, so an approval is written, over a denial that came meanwhile.</summary>
    public async ValueTask<StoredApproval?> LookThenAnswerAsync(IApprovalStore sound, ApprovalAnswerGiven given, CancellationToken cancellationToken)
    {
        if ((await sound.FindAsync(given.Id, cancellationToken))?.Status != ApprovalStatus.Pending)
        {
            return await given.ToAsync(sound, cancellationToken);
        }

        if (!given.IsApproved)
        {
            await LingerAsync(() => new(_looking.ContainsKey(given.Id)));
            return await given.ToAsync(sound, cancellationToken);
        }

        _looking[given.Id] = 1;
        await LingerAsync(async () => (await sound.FindAsync(given.Id, cancellationToken))?.Status == ApprovalStatus.Denied);
        StoredApproval? answered = await given.ToAsync(sound, cancellationToken);
        if (answered?.Status != ApprovalStatus.Denied)
        {
            return answered;
        }

        _overruled[given.Id] = true;
        return answered with { Status = ApprovalStatus.Approved };
    }

    public async ValueTask<StoredApproval?> FindAsync(IApprovalStore sound, string id, CancellationToken cancellationToken)
    {
        StoredApproval? found = await sound.FindAsync(id, cancellationToken);
        return _overruled.ContainsKey(id) ? found! with { Status = ApprovalStatus.Approved } : found;
    }

    /// <summary>Goes on when another looks too.</summary>
    private async Task LookTogetherAsync(string fingerprint)
    {
        _looking.AddOrUpdate(fingerprint, 1, static (_, looking) => looking + 1);
        await LingerAsync(() => new(_looking[fingerprint] > 1));
    }

    /// <summary>Goes on when it may, or when nobody comes: many checks have one caller only.</summary>
    private static async Task LingerAsync(Func<ValueTask<bool>> mayGoOn)
    {
        for (int turns = 0; turns < 1_000 && !await mayGoOn(); turns++)
        {
            await Task.Yield();
        }
    }
}
