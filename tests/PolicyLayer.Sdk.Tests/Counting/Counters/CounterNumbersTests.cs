using System.Globalization;
using PolicyLayer.Sdk.Counting.Counters;

namespace PolicyLayer.Sdk.Tests.Counting.Counters;

public sealed class CounterNumbersTests
{
    [Fact]
    public void A_name_has_one_number_whoever_asks_and_no_other_has_it()
    {
        string[] names = [.. Enumerable.Range(0, 500).Select(static i => "numbered-" + i.ToString(CultureInfo.InvariantCulture))];
        int[][] asked = new int[4][];

        Parallel.For(0, asked.Length, i => asked[i] = [.. names.Select(CounterNumbers.Of)]);

        Assert.All(asked, numbers => Assert.Equal(asked[0], numbers));
        Assert.Equal(names.Length, asked[0].Distinct().Count());
    }

    [Fact]
    public void The_number_is_of_the_name_and_not_of_its_object() =>
        Assert.Equal(CounterNumbers.Of("numbered"), CounterNumbers.Of(new string("numbered".AsSpan())));
}
