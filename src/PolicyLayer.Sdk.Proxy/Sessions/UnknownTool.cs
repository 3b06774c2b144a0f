using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PolicyLayer.Sdk.Proxy.Sessions;

/// <summary>Has a server say by itself what it says of a tool that it does not have: each does so in its own words, and a hidden tool must be told from none by nobody.</summary>
internal static class UnknownTool
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 256 };

    /// <summary>A name that no tool has.</summary>
    public static string NewName() => "tool_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>The call of a hidden tool, made one of another tool, without its arguments.</summary>
    /// <param name="call">The message, which was read as a call for certain.</param>
    /// <param name="name">The other tool.</param>
    public static ReadOnlyMemory<byte> CallOf(ReadOnlyMemory<byte> call, string name)
    {
        byte[] quoted = Encoding.UTF8.GetBytes($"\"{name}\"");
        var text = new ArrayBufferWriter<byte>(call.Length + quoted.Length);
        var reader = new Utf8JsonReader(call.Span, Options);
        int done = 0;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            bool isOuter = reader.CurrentDepth == 1;
            bool isEntered = isOuter && reader.ValueTextEquals("params"u8);
            bool isName = !isOuter && reader.ValueTextEquals("name"u8);
            bool isReplaced = isName || (!isOuter && reader.ValueTextEquals("arguments"u8));
            reader.Read();
            if (isEntered)
            {
                continue;
            }

            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (isReplaced)
            {
                text.Write(call.Span[done..start]);
                text.Write(isName ? quoted : "{}"u8);
                done = (int)reader.BytesConsumed;
            }
        }

        text.Write(call.Span[done..]);
        return text.WrittenMemory;
    }

    /// <summary>The answer to such a call, as it would be to the hidden tool's.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="name">The other tool.</param>
    /// <param name="hidden">The hidden one.</param>
    public static ReadOnlyMemory<byte> AnswerOf(ReadOnlyMemory<byte> answer, string name, string hidden)
    {
        byte[] from = Encoding.UTF8.GetBytes(name);
        byte[] to = Encoding.UTF8.GetBytes(Escape(hidden));
        var text = new ArrayBufferWriter<byte>(answer.Length + 16);
        ReadOnlySpan<byte> rest = answer.Span;
        while (rest.IndexOf(from) is var at and >= 0)
        {
            text.Write(rest[..at]);
            text.Write(to);
            rest = rest[(at + from.Length)..];
        }

        text.Write(rest);
        return text.WrittenMemory;
    }

    /// <summary>A text as most servers write it, with no more escapes than JSON needs: others would tell it from a name that the server has written.</summary>
    private static string Escape(string text) =>
        string.Concat(text.Select(static c => c is '"' or '\\' ? $"\\{c}" : c < ' ' ? FormattableString.Invariant($"\\u{(int)c:x4}") : c.ToString()));
}
