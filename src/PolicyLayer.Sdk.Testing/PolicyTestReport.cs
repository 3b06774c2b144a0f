using System.Globalization;

namespace PolicyLayer.Sdk.Testing;

/// <summary>What a run decided of its calls.</summary>
public sealed class PolicyTestReport
{
    internal PolicyTestReport(IReadOnlyList<PolicyTestResult> results) => Results = results;

    /// <summary>A result for each call, in the order of the lines; those that expect nothing are among them.</summary>
    public IReadOnlyList<PolicyTestResult> Results { get; }

    /// <summary>Whether a call was decided otherwise than expected.</summary>
    public bool HasFailed => Failed.Any();

    private IEnumerable<PolicyTestResult> Failed => Results.Where(static result => result.Mismatch is not null);

    /// <summary>Fails the test where a call was decided otherwise than expected.</summary>
    /// <exception cref="PolicyTestException">Its text has a line for each such call.</exception>
    public void ThrowIfFailed()
    {
        if (HasFailed)
        {
            throw new PolicyTestException(string.Join('\n', Failed.Select(static result => result.Line())));
        }
    }

    /// <summary>How many calls expect something, and of how many it holds.</summary>
    public override string ToString()
    {
        int expected = Results.Count(static result => result.ExpectsAnything);
        return string.Create(CultureInfo.InvariantCulture, $"{expected - Failed.Count()} of {expected} expectations hold");
    }
}
