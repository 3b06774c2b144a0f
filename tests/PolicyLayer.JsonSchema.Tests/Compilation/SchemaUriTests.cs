using PolicyLayer.Schemas.Compilation;

namespace PolicyLayer.Schemas.Tests.Compilation;

/// <summary>Resolution of references, by the examples of RFC 3986, sections 5.4.1 and 5.4.2, and by what schemas are called in practice.</summary>
public sealed class SchemaUriTests
{
    [Theory]
    [InlineData("g:h", "g:h")]
    [InlineData("g", "http://a/b/c/g")]
    [InlineData("./g", "http://a/b/c/g")]
    [InlineData("g/", "http://a/b/c/g/")]
    [InlineData("/g", "http://a/g")]
    [InlineData("//g", "http://g")]
    [InlineData("?y", "http://a/b/c/d;p?y")]
    [InlineData("g?y", "http://a/b/c/g?y")]
    [InlineData(";x", "http://a/b/c/;x")]
    [InlineData("g;x?y", "http://a/b/c/g;x?y")]
    [InlineData("", "http://a/b/c/d;p?q")]
    [InlineData(".", "http://a/b/c/")]
    [InlineData("./", "http://a/b/c/")]
    [InlineData("..", "http://a/b/")]
    [InlineData("../", "http://a/b/")]
    [InlineData("../g", "http://a/b/g")]
    [InlineData("../..", "http://a/")]
    [InlineData("../../", "http://a/")]
    [InlineData("../../g", "http://a/g")]
    [InlineData("../../../g", "http://a/g")]
    [InlineData("../../../../g", "http://a/g")]
    [InlineData("/./g", "http://a/g")]
    [InlineData("/../g", "http://a/g")]
    [InlineData("g.", "http://a/b/c/g.")]
    [InlineData(".g", "http://a/b/c/.g")]
    [InlineData("g..", "http://a/b/c/g..")]
    [InlineData("..g", "http://a/b/c/..g")]
    [InlineData("./../g", "http://a/b/g")]
    [InlineData("./g/.", "http://a/b/c/g/")]
    [InlineData("g/./h", "http://a/b/c/g/h")]
    [InlineData("g/../h", "http://a/b/c/h")]
    [InlineData("g;x=1/./y", "http://a/b/c/g;x=1/y")]
    [InlineData("g;x=1/../y", "http://a/b/c/y")]
    [InlineData("g?y/./x", "http://a/b/c/g?y/./x")]
    [InlineData("http:g", "http:g")]
    public void Resolve_gives_what_the_RFC_gives(string reference, string expected) => Assert.Equal(expected, SchemaUri.Resolve("http://a/b/c/d;p?q", reference));

    [Theory]
    [InlineData("", "other.json", "other.json")]
    [InlineData("", "http://a/b", "http://a/b")]
    [InlineData("http://a", "b", "http://a/b")]
    [InlineData("http://a?q", "b", "http://a/b")]
    [InlineData("http://a/b/", "c.json", "http://a/b/c.json")]
    [InlineData("urn:uuid:1", "", "urn:uuid:1")]
    [InlineData("urn:uuid:1", "urn:uuid:2", "urn:uuid:2")]
    [InlineData("urn:example:a/b", "c", "urn:example:a/c")]
    [InlineData("file:///c:/d/e.json", "f.json", "file:///c:/d/f.json")]
    [InlineData("http://a/b", "c:d", "c:d")]
    [InlineData("http://a/b", "./c:d", "http://a/c:d")]
    [InlineData("a/b", "../c", "c")]
    public void Resolve_takes_any_base(string baseUri, string reference, string expected) => Assert.Equal(expected, SchemaUri.Resolve(baseUri, reference));

    [Theory]
    [InlineData("http://a#b", "http://a", "b")]
    [InlineData("#", "", "")]
    [InlineData("a", "a", null)]
    [InlineData("#/a#b", "", "/a#b")]
    public void Split_takes_off_the_fragment(string reference, string uri, string? fragment) => Assert.Equal((uri, fragment), SchemaUri.Split(reference));
}
