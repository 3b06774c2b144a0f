using System.Globalization;
using PolicyLayer.Sdk.Counting.Counters;

namespace PolicyLayer.Sdk.Tests.Counting.Counters;

public sealed class CounterNumbersTests
{
    [Fact]
    public void A_name_has_one_number_whoever_asks_and_no_other_has_it()
    {
        var numbers = new CounterNumbers(most: 1000);
        string[] names = [.. Enumerable.Range(0, 500).Select(static i => i.ToString(CultureInfo.InvariantCulture))];
        int[][] asked = new int[4][];

        Parallel.For(0, asked.Length, i => asked[i] = [.. names.Select(numbers.Of)]);

        Assert.All(asked, one => Assert.Equal(asked[0], one));
        Assert.Equal(names.Length, asked[0].Distinct().Count());
    }

    [Fact]
    public void Names_that_are_met_together_lie_side_by_side()
    {
        var numbers = new CounterNumbers(most: 1000);
        Assert.Equal((0, 1, 2), (numbers.Of("hour"), numbers.Of("day"), numbers.Of("month")));
        Assert.Equal(1, numbers.Of(new string("day".AsSpan())));
    }

    // Two that ask for the last name that is kept: with two numbers a counter would be two.
    [Fact]
    public void Last_name_that_is_kept_has_one_number_for_all_that_ask_at_once()
    {
        using var start = new Barrier(2);
        for (int round = 0; round < 5000; round++)
        {
            var numbers = new CounterNumbers(most: 1);
            int[] asked = new int[2];
            Parallel.Invoke(() => Ask(0), () => Ask(1));
            Assert.Equal(asked[0], asked[1]);
            Assert.Equal(numbers.Of("beyond"), numbers.Of("beyond"));

            void Ask(int i)
            {
                start.SignalAndWait();
                asked[i] = numbers.Of("last");
            }
        }
    }
}
