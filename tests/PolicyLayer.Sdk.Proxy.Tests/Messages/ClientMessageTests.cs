using System.Text;
using PolicyLayer.Sdk.Proxy.Messages;

namespace PolicyLayer.Sdk.Proxy.Tests.Messages;

public sealed class ClientMessageTests
{
    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","arguments":{"x":1}}}""", "Call")]
    [InlineData("""{"jsonrpc":"2.0","id":"1","method":"tools\/call","params":{"name":"a"}}""", "Call")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"\u006Dethod":"tools/list"}""", "Listing")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""", "Listing")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping"}""", "Request")]
    [InlineData("""{"jsonrpc":"2.0","method":"notifications/initialized"}""", "Passed")]
    [InlineData("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}""", "Cancellation")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{}}""", "Passed")]
    [InlineData("""{"jsonrpc":"2.0","id":"a","error":{"code":1,"message":"x"}}""", "Passed")]
    public void Read_knows_what_a_message_is(string line, string kind) => Assert.Equal(kind, Read(line).Kind.ToString());

    [Theory]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a"}}]""")]
    [InlineData("""{"id":1,"method":"ping","method":"tools/call","params":{"name":"a"}}""")]
    [InlineData("""{"id":1,"method":"ping","Method":"tools/call","params":{"name":"a"}}""")]
    [InlineData("""{"id":1,"method":"ping","\u006Dethod":"tools/call","params":{"name":"a"}}""")]
    [InlineData("""{"id":1,"\u006Dethod":"ping","\u004Dethod":"tools/call","params":{"name":"a"}}""")]
    [InlineData("""{"id":1,"method":"ping","re\u017Fult":{}}""")]
    [InlineData("""{"id":1,"method":"ping","reſult":{}}""")]
    [InlineData("""{"id":1,"method":"ping","\ud800":{}}""")]
    [InlineData("""{"id":1,"method":"Tools/Call","params":{"name":"a"}}""")]
    [InlineData("""{"id":1,"method":"tool\u017F/call","params":{"name":"a"}}""")]
    [InlineData("""{"id":1,"method":" tools/call","params":{"name":"a"}}""")]
    [InlineData("""{"id":1,"method":"tools/call\u0000","params":{"name":"a"}}""")]
    [InlineData("""{"id":1,"method":"tools/list","method":"ping"}""")]
    [InlineData("""{"id":1,"method":"tools/list","params":{"cursor":"a","cursor":"b"}}""")]
    [InlineData("""{"id":1,"method":"ping","params":{"x":{"a":1,"a":2}}}""")]
    [InlineData("""{"id":1,"id":2,"method":"tools/call","params":{"name":"a"}}""")]
    [InlineData("""{"id":null,"method":"tools/call","params":{"name":"a"}}""")]
    [InlineData("""{"id":1.0,"method":"tools/call","params":{"name":"a"}}""")]
    [InlineData("""{"id":1e0,"method":"tools/call","params":{"name":"a"}}""")]
    [InlineData("""{"id":-0,"method":"ping"}""")]
    [InlineData("""{"id":9007199254740993,"method":"ping"}""")]
    [InlineData("""{"id":[1],"method":"ping"}""")]
    [InlineData("""{"id":null,"method":"notifications/initialized"}""")]
    [InlineData("""{"method":"tools/call","params":{"name":"a"}}""")]
    [InlineData("""{"method":"tools/list"}""")]
    [InlineData("""{"method":"notifications/cancelled","params":{"requestId":1,"requestId":2}}""")]
    [InlineData("""{"id":1,"result":{"a":1,"a":2}}""")]
    [InlineData("""{"id":1,"result":{},"Result":{}}""")]
    [InlineData("""{"id":1,"method":7}""")]
    [InlineData("""{"id":1,"method":""}""")]
    [InlineData("""{"id":1,"method":"\ud800"}""")]
    [InlineData("""{"id":1,"method":"tools/call" """)]
    [InlineData("""{"id":1,"method":"ping"} {"id":2,"method":"tools/call","params":{"name":"a"}}""")]
    [InlineData("""{"id":1,"method":"ping",}""")]
    [InlineData("""{"id":1,/* */"method":"ping"}""")]
    [InlineData("\uFEFF{\"id\":1,\"method\":\"ping\"}")]
    [InlineData("{\"method\":\"x\",\"params\":\r{\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":\"a\"}}\r}")]
    [InlineData("\"tools/call\"")]
    [InlineData("")]
    public void Read_refuses_what_could_be_read_otherwise(string line) => Assert.Equal(ClientMessageKind.Refused, Read(line).Kind);

    [Theory]
    [InlineData("""{"id":1,"method":"tools/call"}""")]
    [InlineData("""{"id":1,"method":"tools/call","params":["a"]}""")]
    [InlineData("""{"id":1,"method":"tools/call","params":{"name":7}}""")]
    [InlineData("""{"id":1,"method":"tools/call","params":{"name":"a","Name":"b"}}""")]
    [InlineData("""{"id":1,"method":"tools/call","params":{"name":"a","name":"b"}}""")]
    [InlineData("""{"id":1,"method":"tools/call","params":{"name":"a","arguments":[]}}""")]
    [InlineData("""{"id":1,"method":"tools/call","params":{"name":"a","arguments":"{}"}}""")]
    [InlineData("""{"id":1,"method":"tools/call","params":{"name":"a","arguments":null}}""")]
    [InlineData("""{"id":1,"method":"tools/call","params":{"name":"a","arguments":{"o":{"x":1,"x":2}}}}""")]
    [InlineData("""{"id":1,"method":"tools/call","params":{"name":"a","_meta":{"x":1,"x":2}}}""")]
    [InlineData("""{"id":1,"method":"tools/call","params":{"name":"a","arguments":{},"argument\u017F":{"x":1}}}""")]
    [InlineData("""{"id":1,"method":"tools/call","params":{"name":"a","arguments":{},"Arguments":{"x":1}}}""")]
    [InlineData("""{"id":1,"method":"tools/call","params":{"name":"a","arguments":{"\ud800":1}}}""")]
    [InlineData("""{"id":1,"method":"tools/call","params":{"name":"a","arguments":{"o":[{"\udfff":1}]}}}""")]
    [InlineData("""{"id":1,"method":"tools/call","params":{"\ud800":1,"name":"a"}}""")]
    [InlineData("""{"id":1,"method":"tools/call","params":{"name":"\ud800"}}""")]
    [InlineData("""{"\ud800":1,"id":1,"method":"tools/call","params":{"name":"a"}}""")]
    public async Task Call_that_is_odd_is_judged_as_malformed(string line)
    {
        ClientMessage message = Read(line);
        Assert.Equal((ClientMessageKind.Call, new MessageId("1", IsNumber: true)), (message.Kind, message.Id));
        ToolDecision decision = await ToolGuard.Create(ToolPolicy.Parse("""{ "version": "1", "default": "allow" }""")).AuthorizeAsync(new ToolCall(Grant.Default, message.Tool, message.Arguments), TestContext.Current.CancellationToken);
        Assert.Equal(DecisionReason.MalformedCall, decision.Reason);
    }

    [Theory]
    [InlineData("""{"id":1,"method":"ping","Method":"tools/call"}""", true)]
    [InlineData("""{"id":1,"method":"ping","params":{"a":1,"a":2}}""", true)]
    [InlineData("""{"id":1,"method":"ping","\ud800":1}""", true)]
    [InlineData("""{"id":1,"method":"ping","params":{"\ud800":1}}""", true)]
    [InlineData("""{"id":1,"method":"\ud800"}""", true)]
    [InlineData("""{"id":"\ud800","method":"ping"}""", false)]
    [InlineData("""{"id":1,"\ud800":1,"result":{}}""", false)]
    [InlineData("""{"id":1,"ID":2,"method":"ping","\ud800":1}""", false)]
    [InlineData("""{"id":1,"ID":2,"method":"ping"}""", false)]
    [InlineData("""{"id":1,"result":{"a":1,"a":2}}""", false)]
    [InlineData("""{"id":1,"result":{},"result":{}}""", false)]
    [InlineData("""{"id":1,"method":"ping" """, false)]
    public void Refusal_has_the_id_where_it_is_certain_and_somebody_asked(string line, bool hasId) => Assert.Equal(hasId, Read(line).Id is not null);

    [Fact]
    public void Read_refuses_invalid_utf8() => Assert.Equal(ClientMessageKind.Refused, ClientMessage.Read([.. "{\"id\":1,\"method\":\"ping\",\"x\":\""u8, 0xFF, .. "\"}"u8]).Kind);

    [Fact]
    public void Read_refuses_what_is_nested_too_deep()
    {
        ClientMessage message = Read($$$"""{"id":1,"method":"ping","params":{"x":{{{new string('[', 1000)}}}{{{new string(']', 1000)}}}}}""");
        Assert.Equal((ClientMessageKind.Refused, new MessageId("1", IsNumber: true), "the message is nested deeper than 256 levels, so it is not passed on"), (message.Kind, message.Id, message.Problem));
    }

    // To ask for the text of each such name threw: a message of 16 MB kept a processor busy for many seconds.
    [Fact]
    public void Names_with_half_of_a_surrogate_pair_are_told_without_an_exception_for_each()
    {
        byte[] line = Encoding.UTF8.GetBytes($$$"""{"id":1,"method":"tools/call","params":{{{{string.Join(',', Enumerable.Repeat("\"\\uD800\":1", 50_000))}}},"name":"a"}}""");
        _ = ClientMessage.Read(line);
        long before = GC.GetAllocatedBytesForCurrentThread();
        ClientMessage message = ClientMessage.Read(line);

        Assert.Equal(ClientMessageKind.Call, message.Kind);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10 * line.Length);
    }

    private static ClientMessage Read(string line) => ClientMessage.Read(Encoding.UTF8.GetBytes(line));
}
