using System.Globalization;
using System.Numerics;
using StackExchange.Redis;

namespace PolicyLayer.SharedStores.Tests.Redis;

/// <summary>The arithmetic of the script is exact, on both sides of what Lua's own numbers hold.</summary>
public sealed class RedisNumbersTests(RedisFixture fixture) : IClassFixture<RedisFixture>
{
    private const int Pairs = 2_000;

    private static readonly BigInteger[] Edges =
    [
        0, 1, 9_999_999, 10_000_000, 99_999_999_999_999, 100_000_000_000_000, 999_999_999_999_999, 1_000_000_000_000_000,
        (1L << 53) - 1, 1L << 53, (1L << 53) + 1, BigInteger.Pow(10, 21) - 1, BigInteger.Pow(10, 21), BigInteger.Pow(2, 106),
    ];

    [Fact]
    public async Task Arithmetic_is_that_of_whole_numbers()
    {
        using ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync(fixture.Server.Configuration);
        IDatabase database = connection.GetDatabase();
        string script = "local floor, format, max = math.floor, string.format, math.max\n" + Numbers() + """

            local a, b = parse(ARGV[1]), parse(ARGV[2])
            return { text(a), text(add(a, b)), text(less(a, b)), text(times(a, b)), text(smaller(a, b)), tostring(compare(a, b)) }
            """;
        var random = new Random(20261128);
        IEnumerable<(BigInteger A, BigInteger B)> pairs = Edges.SelectMany(a => Edges.Select(b => (a, b))).Concat(Enumerable.Range(0, Pairs).Select(_ => Pair(random)));
        foreach ((BigInteger a, BigInteger b) in pairs)
        {
            RedisResult answer = await database.ScriptEvaluateAsync(script, values: [Text(a), Text(b)]);
            Assert.Equal((List<string?>)[Text(a), Text(a + b), Text(BigInteger.Max(0, a - b)), Text(a * b), Text(BigInteger.Min(a, b)), Text(Math.Sign(a.CompareTo(b)))], ((string?[])answer!).ToList());
        }
    }

    private static (BigInteger A, BigInteger B) Pair(Random random)
    {
        BigInteger a = Number(random);
        return (a, random.Next(4) == 0 ? BigInteger.Max(0, a + random.Next(-2, 3)) : Number(random));
    }

    private static BigInteger Number(Random random) =>
        BigInteger.Parse(string.Concat(Enumerable.Range(0, random.Next(1, 36)).Select(_ => random.Next(3) == 0 ? 9 : random.Next(10))), CultureInfo.InvariantCulture);

    private static string Text(BigInteger number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Numbers()
    {
        using var reader = new StreamReader(typeof(RedisCounterStore).Assembly.GetManifestResourceStream("numbers.lua")!);
        return reader.ReadToEnd();
    }
}
