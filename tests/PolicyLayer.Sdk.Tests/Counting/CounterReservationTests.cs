namespace PolicyLayer.Sdk.Tests.Counting;

/// <summary>What a store answers keeps what it was made of, and is compared by it.</summary>
public sealed class CounterReservationTests
{
    private static readonly Guid Name = Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e");

    [Fact]
    public void One_that_is_made_says_its_name_and_its_moments()
    {
        var made = CounterReservation.Reserved(Name, stamp: -5, utcTicks: 7);
        Assert.True(made.IsReserved);
        Assert.Equal((Name, -5L, 7L), (made.Id, made.Stamp, made.UtcTicks));
        Assert.Equal((0, 0m, null), (made.RefusedIndex, made.Remaining, made.RetryAfter));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0L)]
    [InlineData(long.MaxValue)]
    public void One_that_is_refused_says_what_is_left_and_when(long? ticks)
    {
        TimeSpan? wait = ticks is { } some ? TimeSpan.FromTicks(some) : null;
        var refused = CounterReservation.Refused(3, 1.25m, wait);
        Assert.False(refused.IsReserved);
        Assert.Equal((3, 1.25m, wait), (refused.RefusedIndex, refused.Remaining, refused.RetryAfter));
        Assert.Equal((Guid.Empty, 0L, 0L), (refused.Id, refused.Stamp, refused.UtcTicks));
    }

    [Fact]
    public void Nothing_is_reserved_by_default()
    {
        CounterReservation none = default;
        Assert.False(none.IsReserved);
        Assert.Equal((0, 0m, null), (none.RefusedIndex, none.Remaining, none.RetryAfter));
    }

    [Fact]
    public void Equal_are_those_that_say_the_same()
    {
        var one = CounterReservation.Refused(0, 1.0m, TimeSpan.Zero);
        var same = CounterReservation.Refused(0, 1.00m, TimeSpan.Zero);
        Assert.Equal(one, same);
        Assert.Equal(one.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(one, CounterReservation.Refused(0, 1.01m, TimeSpan.Zero));
        Assert.NotEqual(one, CounterReservation.Refused(0, 1.0m, null));
        Assert.NotEqual(one, CounterReservation.Refused(1, 1.0m, TimeSpan.Zero));
        Assert.NotEqual(CounterReservation.Reserved(Name), CounterReservation.Reserved());
        Assert.Equal(CounterReservation.Reserved(Name, 1, 2), CounterReservation.Reserved(Name, 1, 2));
    }
}
