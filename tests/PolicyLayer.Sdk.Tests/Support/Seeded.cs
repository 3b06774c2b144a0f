using FsCheck;
using FsCheck.Fluent;

namespace PolicyLayer.Sdk.Tests.Support;

/// <summary>Properties over whatever a source of random numbers makes; a failure names its seed.</summary>
internal static class Seeded
{
    public static void ForAll(int count, Action<Random> holds) =>
        Prop.ForAll(GeneratedPolicy.Seeds.ToArbitrary(), seed => holds(new Random(seed))).Check(Config.QuickThrowOnFailure.WithMaxTest(count));
}
