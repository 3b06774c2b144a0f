using Npgsql;
using NpgsqlTypes;
using PolicyLayer.Sdk.Counting.Shared;

namespace PolicyLayer.Sdk.Postgres.Server;

/// <summary>Demands as the columns that the server's functions take.</summary>
internal static class Demands
{
    /// <summary>Adds keys, algorithms, spans, units, maxima, bursts and amounts, in this order.</summary>
    public static void AddTo(NpgsqlParameterCollection parameters, ReadOnlySpan<CounterDemand> demands)
    {
        int count = demands.Length;
        string[] keys = new string[count], algorithms = new string[count], units = new string[count];
        long[] spans = new long[count];
        decimal[] maxima = new decimal[count], bursts = new decimal[count], amounts = new decimal[count];
        for (int i = 0; i < count; i++)
        {
            CounterLimit limit = demands[i].Limit;
            keys[i] = SharedKey.Of(demands[i]);
            algorithms[i] = limit.Algorithm.ToString();
            spans[i] = Micros.Of(limit.Window);
            units[i] = limit.Unit.ToString();
            (maxima[i], bursts[i], amounts[i]) = (limit.Max, limit.Burst, demands[i].Amount);
        }

        Parameters.Add(parameters, keys, NpgsqlDbType.Text);
        Parameters.Add(parameters, algorithms, NpgsqlDbType.Text);
        Parameters.Add(parameters, spans, NpgsqlDbType.Bigint);
        Parameters.Add(parameters, units, NpgsqlDbType.Text);
        Parameters.Add(parameters, maxima, NpgsqlDbType.Numeric);
        Parameters.Add(parameters, bursts, NpgsqlDbType.Numeric);
        Parameters.Add(parameters, amounts, NpgsqlDbType.Numeric);
    }

    /// <summary>Adds the same of one, each as itself.</summary>
    public static void AddTo(NpgsqlParameterCollection parameters, in CounterDemand demand)
    {
        CounterLimit limit = demand.Limit;
        Parameters.Add(parameters, SharedKey.Of(demand), NpgsqlDbType.Text);
        Parameters.Add(parameters, limit.Algorithm.ToString(), NpgsqlDbType.Text);
        Parameters.Add(parameters, Micros.Of(limit.Window), NpgsqlDbType.Bigint);
        Parameters.Add(parameters, limit.Unit.ToString(), NpgsqlDbType.Text);
        Parameters.Add(parameters, limit.Max, NpgsqlDbType.Numeric);
        Parameters.Add(parameters, limit.Burst, NpgsqlDbType.Numeric);
        Parameters.Add(parameters, demand.Amount, NpgsqlDbType.Numeric);
    }
}
