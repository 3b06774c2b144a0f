using System.Text;
using PolicyLayer.Sdk.Proxy.Messages;

namespace PolicyLayer.Sdk.Proxy.Tests.Messages;

public sealed class ServerMessageTests
{
    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{}}""", "Answer")]
    [InlineData("""{"jsonrpc":"2.0","id":"x","error":{"code":-1,"message":"m"}}""", "Answer")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{"structuredContent":{"a":1,"a":2}}}""", "Answer")]
    [InlineData("""{"jsonrpc":"2.0","method":"notifications/progress","params":{}}""", "Passed")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"sampling/createMessage","params":{}}""", "Passed")]
    [InlineData("""{"id":1,"result":{},"error":{}}""", "Unreadable")]
    [InlineData("""{"id":1,"method":"ping","result":{}}""", "Unreadable")]
    [InlineData("""{"id":1,"ID":2,"result":{}}""", "Unreadable")]
    [InlineData("""{"id":1,"id":2,"result":{}}""", "Unreadable")]
    [InlineData("""{"id":1,"result":{},"result":{"tools":[]}}""", "Unreadable")]
    [InlineData("""{"id":1,"result":{},"Result":{"tools":[]}}""", "Unreadable")]
    [InlineData("""{"id":null,"error":{}}""", "Unreadable")]
    [InlineData("""{"id":1.0,"result":{}}""", "Unreadable")]
    [InlineData("""{"result":{}}""", "Unreadable")]
    [InlineData("""[{"id":1,"result":{}}]""", "Unreadable")]
    [InlineData("{\"method\":\"x\",\"params\":\r{\"id\":1,\"result\":{}}\r}", "Unreadable")]
    [InlineData("Server listening", "Unreadable")]
    public void Read_knows_what_a_message_is(string line, string kind) => Assert.Equal(kind, ServerMessage.Read(Encoding.UTF8.GetBytes(line)).Kind.ToString());

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":7,"result":{"text":"never ends""", "7")]
    [InlineData("""{"result":{"id":9},"id":"x","result":{}}""", "x")]
    [InlineData("""{"result":{"id":9}, nothing""", null)]
    [InlineData("""{"id":""", null)]
    [InlineData("""no json""", null)]
    public void Head_gives_the_id_of_what_cannot_be_read(string head, string? id) => Assert.Equal(id, HeadId.Find(Encoding.UTF8.GetBytes(head))?.Text);
}
