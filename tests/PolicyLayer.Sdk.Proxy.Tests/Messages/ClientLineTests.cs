using System.Text;
using PolicyLayer.Sdk.Proxy.Messages;

namespace PolicyLayer.Sdk.Proxy.Tests.Messages;

public sealed class ClientLineTests
{
    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","arguments":{"x":1}}}""", "Call")]
    [InlineData("""{"jsonrpc":"2.0","id":"1","method":"tools\/call","params":{"name":"a"}}""", "Call")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""", "Listing")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping"}""", "Passed")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{}}""", "Passed")]
    public void Read_knows_what_a_line_is(string line, string kind) => Assert.Equal(kind, Kind(line));

    [Theory]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a"}}]""")]
    [InlineData("""{"id":1,"method":"ping","method":"tools/call","params":{"name":"a"}}""")]
    [InlineData("""{"id":1,"method":"ping","Method":"tools/call","params":{"name":"a"}}""")]
    [InlineData("""{"id":1,"method":"Tools/Call","params":{"name":"a"}}""")]
    [InlineData("""{"id":1,"method":" tools/call","params":{"name":"a"}}""")]
    [InlineData("""{"id":1,"method":"tools/call","params":["a"]}""")]
    [InlineData("""{"id":1,"method":"tools/call","params":{"name":"a","Name":"b"}}""")]
    [InlineData("""{"id":1,"method":"tools/call","params":{"name":"a","arguments":[]}}""")]
    [InlineData("""{"id":1,"method":"tools/call","params":{"name":"a","arguments":"{}"}}""")]
    [InlineData("""{"id":1,"method":"tools/call","params":{"name":"a","arguments":null}}""")]
    [InlineData("""{"id":1,"method":"tools/call","params":{"name":"a","arguments":{"o":{"x":1,"x":2}}}}""")]
    [InlineData("""{"id":null,"method":"tools/call","params":{"name":"a"}}""")]
    [InlineData("""{"method":"tools/call","params":{"name":"a"}}""")]
    [InlineData("""{"id":1,"method":7}""")]
    [InlineData("""{"id":1,"method":"\ud800"}""")]
    [InlineData("""{"id":1,"method":"tools/call" """)]
    [InlineData("\uFEFF{\"id\":1,\"method\":\"ping\"}")]
    [InlineData("""{"id":1,"method":"tools/call","params":{"name":"a","arguments":{},"argument\u017F":{"x":1}}}""")]
    [InlineData("")]
    public void Read_refuses_what_could_be_read_otherwise(string line) => Assert.Equal("Refused", Kind(line));

    [Fact]
    public void Read_refuses_invalid_utf8() => Assert.Equal(ClientLineKind.Refused, ClientLine.Read([.. "{\"id\":1,\"method\":\"ping\",\"x\":\""u8, 0xFF, .. "\"}"u8]).Kind);

    [Fact]
    public void Read_refuses_what_is_nested_too_deep() => Assert.Equal("Refused", Kind($$"""{"id":1,"method":"ping","params":{{new string('[', 1000)}}{{new string(']', 1000)}}}"""));

    private static string Kind(string line) => ClientLine.Read(Encoding.UTF8.GetBytes(line)).Kind.ToString();
}
