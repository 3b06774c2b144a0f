using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using PolicyLayer.Sdk.Counting.Shared;

namespace PolicyLayer.Sdk.Tests.Counting.Shared;

/// <summary>Stores have counters by these texts, also those that an earlier version made: they must not change.</summary>
public sealed class SharedKeyTests
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly CounterLimit Daily = CounterLimit.Create(LimitAlgorithm.Sliding, 5, TimeSpan.FromDays(1));

    [Fact]
    public void Key_is_the_JSON_of_its_names_and_its_window() =>
        Assert.Equal("""["pay","ada","calls","Sliding 864000000000"]""", SharedKey.Of(new CounterDemand(new CounterKey("pay", "calls", "ada"), Daily, 1, Charges: true)));

    [Fact]
    public void Names_are_written_as_JSON_has_them_whatever_is_in_them() =>
        Prop.ForAll(Name.Three().ToArbitrary(), static names =>
        {
            (string policy, string counter, string scope) = names;
            byte[] json = JsonSerializer.SerializeToUtf8Bytes(new[] { policy, scope, counter, "Sliding 864000000000" }, Readable);
            string expected = json.Length <= 1000 ? Encoding.UTF8.GetString(json) : "sha256:" + Convert.ToHexStringLower(SHA256.HashData(json));
            Assert.Equal(expected, SharedKey.Of(new CounterDemand(new CounterKey(policy, counter, scope), Daily, 1, Charges: true)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    /// <summary>Mostly plain ones, of which some are about as long as a key may be.</summary>
    private static Gen<string> Name =>
        Gen.OneOf(
            Gen.Elements("a", "agent-7", "it's <b> & co.", "~", string.Empty, "\"", "\\", "\u007F", "\u0000", "\n", "é", "\u2028", "😀", "\uD800", "\uFFFD"),
            Gen.Choose(0, 127).Select(static letter => ((char)letter).ToString()),
            Gen.Choose(900, 1000).Select(static length => new string('x', length)),
            Gen.Choose(900, 1000).Select(static length => new string('x', length) + "é"));
}
