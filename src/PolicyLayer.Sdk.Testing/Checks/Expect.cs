namespace PolicyLayer.Sdk.Testing.Checks;

/// <summary>What a store must have answered.</summary>
internal static class Expect
{
    public static void Reserved(CounterReservation answer, string what)
    {
        if (!answer.IsReserved)
        {
            throw new StoreContractException($"{what}: must be admitted, and was refused");
        }
    }

    public static void Refused(CounterReservation answer, int index, decimal remaining, string what)
    {
        Equal("refused", answer.IsReserved ? "admitted" : "refused", what);
        Equal(index, answer.RefusedIndex, $"{what}: the demand that does not fit");
        Equal(remaining, answer.Remaining, $"{what}: what is left");
    }

    public static void Equal<T>(T expected, T actual, string what)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw new StoreContractException(FormattableString.Invariant($"{what}: must be {expected}, and is {actual}"));
        }
    }

    public static void That(bool holds, string what)
    {
        if (!holds)
        {
            throw new StoreContractException(what);
        }
    }
}
