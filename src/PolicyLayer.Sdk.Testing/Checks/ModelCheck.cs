using PolicyLayer.Sdk.Testing.Model;

namespace PolicyLayer.Sdk.Testing.Checks;

/// <summary>A store and the reference model are asked the same, step by step.</summary>
internal static class ModelCheck
{
    private const int Runs = 8;
    private const int Steps = 125;

    public static async Task RunAsync(CounterStoreSubject subject, IReadOnlyList<LimitAlgorithm> algorithms, CancellationToken cancellationToken)
    {
        for (int seed = 1; seed <= Runs; seed++)
        {
            var run = new ModelRun(subject, new Random(seed), GeneratedDemands.Create(subject, algorithms, seed));
            for (int step = 0; step < Steps; step++)
            {
                await run.StepAsync(FormattableString.Invariant($"seed {seed}, step {step}"), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private sealed class ModelRun(CounterStoreSubject subject, Random random, GeneratedDemands demands)
    {
        private readonly ReferenceStore _model = new();
        private readonly List<(CounterReservation Reservation, DateTimeOffset At, CounterDemand[] Demands)> _open = [];

        private DateTimeOffset Now => subject.Clock?.GetUtcNow() ?? DateTimeOffset.UnixEpoch;

        public async ValueTask StepAsync(string where, CancellationToken cancellationToken)
        {
            switch (random.Next(10))
            {
                case < 5:
                    await AskAsync(charge: true, where, cancellationToken).ConfigureAwait(false);
                    break;
                case 5:
                    await AskAsync(charge: false, where, cancellationToken).ConfigureAwait(false);
                    break;
                case < 8 when _open.Count > 0:
                    await RefundAsync(cancellationToken).ConfigureAwait(false);
                    break;
                default:
                    subject.Advance?.Invoke(TimeSpan.FromMilliseconds(random.Next(3) == 0 ? random.Next(70_000) : random.Next(5_000)));
                    break;
            }
        }

        private async ValueTask AskAsync(bool charge, string where, CancellationToken cancellationToken)
        {
            CounterDemand[] asked = demands.Next(random);
            CounterReservation expected = _model.Reserve(Now, asked, charge);
            CounterReservation answer = charge
                ? await subject.ReserveAsync(cancellationToken, asked).ConfigureAwait(false)
                : await subject.PeekAsync(cancellationToken, asked).ConfigureAwait(false);
            if (expected.IsReserved)
            {
                Expect.Reserved(answer, where);
                if (charge)
                {
                    _open.Add((answer, Now, [.. asked.Where(static demand => demand.Charges)]));
                }

                return;
            }

            Expect.Refused(answer, expected.RefusedIndex, expected.Remaining, where);
            ExpectWait(expected.RetryAfter, answer.RetryAfter, where);
        }

        /// <summary>Never too early; later only by what the store's clock cannot tell apart.</summary>
        private void ExpectWait(TimeSpan? expected, TimeSpan? wait, string where)
        {
            Expect.Equal(expected is null, wait is null, $"{where}: whether waiting is in vain");
            if (subject.Clock is not null && expected is { } least && wait is { } told)
            {
                Expect.That(
                    told >= least && told <= least + TimeSpan.FromMilliseconds(1),
                    FormattableString.Invariant($"{where}: the time to wait must be {least}, and is {told}"));
            }
        }

        private async ValueTask RefundAsync(CancellationToken cancellationToken)
        {
            int index = random.Next(_open.Count);
            (CounterReservation reservation, DateTimeOffset at, CounterDemand[] charged) = _open[index];
            _open.RemoveAt(index);
            CounterDemand[] back = [.. charged.Where(demand => demand.Limit.Algorithm == LimitAlgorithm.Concurrent || random.Next(3) > 0)];
            if (back.Length > 0)
            {
                await subject.RefundAsync(reservation, cancellationToken, back).ConfigureAwait(false);
                _model.Refund(Now, at, back);
            }
        }
    }
}
