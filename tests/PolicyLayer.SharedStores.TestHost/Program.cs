using System.Globalization;
using PolicyLayer.Sdk;
using PolicyLayer.SharedStores.TestHost;

// A host that counts in a shared store until it is killed: "flood" reserves for ever, "hold" takes one place of calls that run at once and keeps it.
// The last argument is how many seconds an answer may take. It says + for each admission, - for each refusal and ! where the store did not answer.
ICounterStore store = Stores.Open(args[0]);
var max = decimal.Parse(args[2], CultureInfo.InvariantCulture);
CounterLimit limit = args[1] == "hold" ? CounterLimit.Create(LimitAlgorithm.Concurrent, max) : CounterLimit.Create(LimitAlgorithm.Sliding, max, TimeSpan.FromDays(10_000));
CounterDemand[] demands = [new CounterDemand(new CounterKey("test", args[3], "scope"), limit, 1, Charges: true)];
do
{
    await AskAsync();
}
while (args[1] == "flood");
await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);

async Task AskAsync()
{
    try
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(int.Parse(args[4], CultureInfo.InvariantCulture)), TimeProvider.System);
        CounterReservation answer = await store.ReserveAsync(demands, late.Token).AsTask().WaitAsync(late.Token);
        Console.Out.Write(answer.IsReserved ? '+' : '-');
    }
    catch (Exception e) when (e is CounterStoreException or OperationCanceledException)
    {
        Console.Out.Write('!');
    }
}
