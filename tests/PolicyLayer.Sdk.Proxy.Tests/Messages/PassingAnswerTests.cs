using System.Text;
using PolicyLayer.Sdk.Proxy.Messages;

namespace PolicyLayer.Sdk.Proxy.Tests.Messages;

/// <summary>An answer that is read while it passes is read as one that is held, wherever its bytes are parted.</summary>
public sealed class PassingAnswerTests
{
    /// <summary>Longer than what is kept of a string, with escapes at its bound.</summary>
    private static readonly string Long = new string('x', 8189) + "\\u00e9\\n\\\"é𝄞" + new string('y', 9000) + "\\ud834\\udd1e\\\\";

    public static TheoryData<string> Messages =>
    [
        """{"jsonrpc":"2.0","id":1,"result":{}}""",
        """ {"jsonrpc" : "2.0" , "id" : "a\u0062" , "result" : { "isError" : false , "content" : [ { "text" : "LONG" } , 1.5e3 , true , null ] } } """,
        """{"result":{"content":[{"type":"text","text":"LONG"}],"isError":true},"id":1,"jsonrpc":"2.0"}""",
        """{"jsonrpc":"2.0","id":1,"result":{"text":"LONG","IsError":false}}""",
        """{"jsonrpc":"2.0","id":1,"result":{"isError":false,"text":"LONG","isError":false}}""",
        """{"jsonrpc":"2.0","id":1,"result":{"isError":"false","text":"LONG"}}""",
        """{"jsonrpc":"2.0","id":1,"result":{"isError":{"isError":false},"text":"LONG"}}""",
        """{"jsonrpc":"2.0","id":1,"result":{"deep":{"isError":true},"list":[{"isError":true}],"text":"LONG"}}""",
        """{"jsonrpc":"2.0","id":1,"result":["LONG",{"isError":false}]}""",
        """{"jsonrpc":"2.0","id":1,"result":"LONG"}""",
        """{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"LONG"}}""",
        """{"jsonrpc":"2.0","id":1,"isError":true,"result":{}}""",
        """{"jsonrpc":"2.0","id":1,"LONG":{"id":2},"result":{"LONG":1,"LONG":2}}""",
        """{"jsonrpc":"2.0","id":1,"result":{},"error":{}}""",
        """{"jsonrpc":"2.0","id":1}""",
        """{"jsonrpc":"2.0","result":{}}""",
        """{"jsonrpc":"2.0","id":"LONG","result":{}}""",
        """{"jsonrpc":"2.0","id":1.0,"result":{}}""",
        """{"jsonrpc":"2.0","id":{"id":1},"result":{}}""",
        """{"jsonrpc":"2.0","id":[1],"result":{}}""",
        """{"jsonrpc":"2.0","id":null,"result":{}}""",
        """{"jsonrpc":"2.0","id":1,"id":1,"result":{}}""",
        """{"jsonrpc":"2.0","id":1,"Id":2,"result":{}}""",
        """{"jsonrpc":"2.0","id":1,"re\u017fult":{},"result":{}}""",
        """{"jsonrpc":"2.0","id":1,"re\u0073ult":{"isErr\u006fr":true}}""",
        """{"jsonrpc":"2.0","id":1,"result":{"\ud834":1,"isError":false}}""",
        """{"jsonrpc":"2.0","id":1,"\ud834":1,"result":{}}""",
        """{"jsonrpc":"2.0","id":1,"result":{"text":"LONG\ud834"}}""",
        """{"jsonrpc":"2.0","id":1,"method":"ping","params":{}}""",
        """{"jsonrpc":"2.0","id":1,"method":"ping","result":{}}""",
        """{"jsonrpc":"2.0","method":"notifications/message","params":{"data":"LONG"}}""",
        """{"jsonrpc":"2.0","id":null,"method":"ping","params":{"data":"LONG"}}""",
        """[{"jsonrpc":"2.0","id":1,"result":{}}]""",
        """ "LONG" """,
        """{"jsonrpc":"2.0","id":1,"result":{}} {}""",
        """{"jsonrpc":"2.0","id":1,"result":{}},""",
        """{"jsonrpc":"2.0","id":1,"result":{}""",
        """{"jsonrpc":"2.0","id":1,"result":{"text":"LONG""",
        """{"jsonrpc":"2.0","id":1,"result":{"text":"LONG\x"}}""",
        """{"jsonrpc":"2.0","id":1,"result":{"text":"LONG\u00g0"}}""",
        """{"jsonrpc":"2.0","id":1,"result":{"text":"LONG\u00"}}""",
        """{"jsonrpc":"2.0","id":1,"result":{"text":"\q"}}""",
        """{"jsonrpc":"2.0","id":1,"result":{"text":"LONG",}}""",
        """{"jsonrpc":"2.0","id":1,"result":{"n":01,"text":"LONG"}}""",
        """{"jsonrpc":"2.0","id":1,"result":{"n":truE}}""",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"text\":\"LONG\n\"}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"text\":\"LONG\t\"}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"text\":\"LONG\u0001n\"}}",
        "\uFEFF{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}",
        "",
        " ",
    ];

    [Theory]
    [MemberData(nameof(Messages))]
    public void End_says_what_is_said_of_the_whole(string message) => ReadsAsTheWhole(Encoding.UTF8.GetBytes(message.Replace("LONG", Long, StringComparison.Ordinal)));

    [Theory]
    [InlineData(0xFF)]
    [InlineData(0xC3)]
    [InlineData(0x80)]
    public void What_is_no_character_is_found_in_the_midst_of_a_string(byte wrong)
    {
        byte[] text = Encoding.UTF8.GetBytes($$$"""{"jsonrpc":"2.0","id":1,"result":{"text":"{{{Long}}}@{{{Long}}}"}}""");
        text[Array.IndexOf(text, (byte)'@')] = wrong;
        ReadsAsTheWhole(text);
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(300, false)]
    public void Nesting_ends_where_it_does_for_the_whole(int depth, bool isRead)
    {
        byte[] text = Encoding.UTF8.GetBytes($$$"""{"jsonrpc":"2.0","id":1,"result":{"deep":{{{new string('[', depth)}}}{{{new string(']', depth)}}}}}""");
        ReadsAsTheWhole(text);
        Assert.Equal(isRead, Read(text, 100).Kind != ServerMessageKind.Unreadable);
    }

    // A number, or a space, that fills the memory is nobody's.
    [Fact]
    public void Token_without_end_is_given_up()
    {
        var answer = new PassingAnswer();
        Assert.True(answer.TryAdd("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":"u8));
        byte[] digits = Encoding.ASCII.GetBytes(new string('1', 1 << 12));
        int blocks = 0;
        while (answer.TryAdd(digits))
        {
            Assert.InRange(++blocks, 1, 64);
        }
    }

    private static void ReadsAsTheWhole(byte[] text)
    {
        ServerMessage whole = ServerMessage.Read(text, isLine: false);
        ServerAnswer said = whole.Kind == ServerMessageKind.Answer ? new ServerAnswer(whole.Kind, whole.Id, whole.Outcome) : new ServerAnswer(whole.Kind);
        foreach (int length in (int[])[1, 2, 3, 7, 1000, 8192, int.MaxValue])
        {
            Assert.Equal(said, Read(text, length));
        }
    }

    private static ServerAnswer Read(byte[] text, int length)
    {
        var answer = new PassingAnswer();
        foreach (byte[] block in text.Chunk(length))
        {
            if (!answer.TryAdd(block))
            {
                return default;
            }
        }

        return answer.End(default);
    }
}
