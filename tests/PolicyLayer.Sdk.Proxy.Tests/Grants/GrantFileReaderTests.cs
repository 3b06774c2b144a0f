using System.Text;
using PolicyLayer.Sdk.Proxy.Grants;

namespace PolicyLayer.Sdk.Proxy.Tests.Grants;

public sealed class GrantFileReaderTests
{
    private const string Hash = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    [Fact]
    public void Read_takes_every_member()
    {
        GrantEntry entry = Assert.Single(Read($$"""{ "grants": [{ "id": "ci", "label": "CI", "attributes": { "team": "a" }, "policies": ["p"], "expires": "2030-01-01T00:00:00Z", "token_sha256": "{{Hash}}" }] }"""));
        Assert.Equal(("ci", "CI", "a"), (entry.Grant.Id, entry.Grant.Label, entry.Grant.Attributes.GetProperty("team").GetString()));
        Assert.Equal(["p"], entry.Policies);
        Assert.Equal(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero), entry.Expires);
    }

    [Theory]
    [InlineData("{", "it is no JSON")]
    [InlineData("[]", "the one member `grants`")]
    [InlineData("""{ "grants": {} }""", "the one member `grants`")]
    [InlineData("""{ "grants": [], "more": 1 }""", "the one member `grants`")]
    [InlineData("""{ "grants": [], "grants": [] }""", "stands twice")]
    [InlineData("""{ "\uD800": [] }""", "half of a surrogate pair")]
    [InlineData("""{ "grants": [{ "\uD800": 1 }] }""", "half of a surrogate pair")]
    [InlineData("""{ "grants": [{ "id": "\uD800", "token_sha256": "HASH" }] }""", "half of a surrogate pair")]
    [InlineData("""{ "grants": [7] }""", "its grant 1 must be an object")]
    [InlineData("""{ "grants": [{ "id": "a", "token_sha256": "HASH", "expire": "2030-01-01T00:00:00Z" }] }""", "with members of id,")]
    [InlineData("""{ "grants": [{ "token_sha256": "HASH" }] }""", "needs an `id`")]
    [InlineData("""{ "grants": [{ "id": "a" }] }""", "needs `token_sha256`")]
    [InlineData("""{ "grants": [{ "id": "a", "token_sha256": "aa" }] }""", "needs `token_sha256`")]
    [InlineData("""{ "grants": [{ "id": "a", "token_sha256": "HASH", "expires": "tomorrow" }] }""", "no time")]
    [InlineData("""{ "grants": [{ "id": "a", "token_sha256": "HASH", "expires": "2030-01-01T00:00:00" }] }""", "no time")]
    [InlineData("""{ "grants": [{ "id": "a", "token_sha256": "HASH", "policies": [] }] }""", "no list of names")]
    [InlineData("""{ "grants": [{ "id": "a", "token_sha256": "HASH", "policies": null }] }""", "no list of names")]
    [InlineData("""{ "grants": [{ "id": "a", "token_sha256": "HASH", "attributes": [] }] }""", "no object")]
    [InlineData("""{ "grants": [{ "id": "a", "token_sha256": "HASH" }, { "id": "b", "token_sha256": "HASH" }] }""", "two grants have one token")]
    public void Read_takes_nothing_where_anything_is_wrong(string text, string problem) =>
        Assert.Contains(problem, Assert.Throws<FormatException>(() => Read(text.Replace("HASH", Hash, StringComparison.Ordinal))).Message, StringComparison.Ordinal);

    private static IReadOnlyList<GrantEntry> Read(string text) => GrantFileReader.Read(Encoding.UTF8.GetBytes(text));
}
