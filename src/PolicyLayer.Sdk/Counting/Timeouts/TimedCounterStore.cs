using PolicyLayer.Sdk.Telemetry;

namespace PolicyLayer.Sdk.Counting.Timeouts;

/// <summary>Holds a store to its time: an answer that comes too late is none, and what it reserved is given back.</summary>
internal sealed class TimedCounterStore(ICounterStore inner, TimeSpan timeout, TimeProvider time, GuardTelemetry telemetry) : ICounterStore
{
    public ValueTask<CounterReservation> ReserveAsync(ReadOnlyMemory<CounterDemand> demands, CancellationToken cancellationToken) =>
        AskAsync(inner.ReserveAsync, demands, late => GiveBackAsync(late, demands), cancellationToken);

    public ValueTask<CounterReservation> PeekAsync(ReadOnlyMemory<CounterDemand> demands, CancellationToken cancellationToken) =>
        AskAsync(inner.PeekAsync, demands, static _ => Task.CompletedTask, cancellationToken);

    public async ValueTask RefundAsync(CounterReservation reservation, ReadOnlyMemory<CounterDemand> demands, CancellationToken cancellationToken)
    {
        var deadline = new Deadline(timeout, time, cancellationToken);
        Task refunding = Ask(() => inner.RefundAsync(reservation, demands, deadline.Token).AsTask(), deadline);
        await WaitAsync(refunding, deadline, cancellationToken).ConfigureAwait(false);
        await refunding.ConfigureAwait(false);
    }

    /// <summary>Asks; a store that throws at once needs no deadline any more.</summary>
    private static T Ask<T>(Func<T> ask, Deadline deadline)
    {
        try
        {
            return ask();
        }
        catch
        {
            deadline.Dispose();
            throw;
        }
    }

    private static async Task WaitAsync(Task asking, Deadline deadline, CancellationToken cancellationToken)
    {
        _ = asking.ContinueWith(static (_, used) => ((Deadline)used!).Dispose(), deadline, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        await Task.WhenAny(asking, deadline.Passed).ConfigureAwait(false);
        if (!asking.IsCompleted)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new CounterStoreException("the store did not answer in time");
        }
    }

    private async ValueTask<CounterReservation> AskAsync(
        Func<ReadOnlyMemory<CounterDemand>, CancellationToken, ValueTask<CounterReservation>> ask,
        ReadOnlyMemory<CounterDemand> demands,
        Func<Task<CounterReservation>, Task> giveBack,
        CancellationToken cancellationToken)
    {
        var deadline = new Deadline(timeout, time, cancellationToken);
        Task<CounterReservation> asking = Ask(() => ask(demands, deadline.Token).AsTask(), deadline);
        try
        {
            await WaitAsync(asking, deadline, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _ = asking.ContinueWith(giveBack, CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            throw;
        }

        CounterReservation answer = await asking.ConfigureAwait(false);
        return answer.IsReserved || answer.RefusedIndex < demands.Length ? answer : throw new CounterStoreException("the store refused a demand that was not made");
    }

    /// <summary>The demands are still there: what a store has not answered about is never used again.</summary>
    private async Task GiveBackAsync(Task<CounterReservation> late, ReadOnlyMemory<CounterDemand> demands)
    {
        CounterReservation answer = await late.ConfigureAwait(false);
        if (!answer.IsReserved)
        {
            return;
        }

        try
        {
            await RefundAsync(answer, demands.ToArray().Where(static demand => demand.Charges).ToArray(), CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            telemetry.SettlingFailed(e);
        }
    }
}
