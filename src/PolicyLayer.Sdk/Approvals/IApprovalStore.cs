namespace PolicyLayer.Sdk;

/// <summary>Keeps calls that wait for a person's approval, so that the answer may come later, from elsewhere, and outlive the process. An approval lets one call run, once, whatever happens.</summary>
/// <remarks>
/// Safe for concurrent use. A store that others share goes by its own clock. What has expired is not there any more: it is neither found, listed nor answered.
/// What it throws denies the call with <see cref="DecisionReason.StoreUnavailable"/>, and so does no answer within <see cref="ToolPolicyOptions.StoreTimeout"/>; when it is not known whether an approval was used, it counts as used.
/// It bounds how many it keeps, for an agent may make up calls without end: 1,000, and of one grant 100 that wait. When they would be more, it throws.
/// </remarks>
public interface IApprovalStore
{
    /// <summary>Puts a call before people, or says what became of the same call before; all in one step.</summary>
    /// <param name="asked">The call. Its status, its times and who answered say nothing.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// Of what has the same fingerprint and is not used up: <see cref="ApprovalStatus.Approved"/>, which is used up by this, so that one caller gets it and no other;
    /// <see cref="ApprovalStatus.Denied"/>; or <see cref="ApprovalStatus.Pending"/>. Where there is none, <paramref name="asked"/> as it is kept from now on, pending until its lifetime is over.
    /// </returns>
    ValueTask<StoredApproval> AskAsync(StoredApproval asked, CancellationToken cancellationToken);

    /// <summary>Answers for a person. What is pending can be approved, and then be used until its lifetime has passed once more; what is pending, or approved and not used, can be denied.</summary>
    /// <param name="id">Which.</param>
    /// <param name="isApproved">Whether it may run.</param>
    /// <param name="by">Who answers, as they say of themselves, or null.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What it is now: an answer that could not count any more has changed nothing. Null when there is none of that name.</returns>
    ValueTask<StoredApproval?> AnswerAsync(string id, bool isApproved, string? by, CancellationToken cancellationToken);

    /// <summary>Finds one by its name; null when there is none.</summary>
    /// <param name="id">Which.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<StoredApproval?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>All there are, those that were asked first before the others, whatever has become of them.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<IReadOnlyList<StoredApproval>> ListAsync(CancellationToken cancellationToken);
}
