using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PolicyLayer.Sdk.Mcp.Servers;

/// <summary>Counts the members of an object as they were sent. A node that nobody has looked into is still text, and to ask it itself would make objects of all of it.</summary>
internal static class MemberCounter
{
    /// <summary>The first byte of the mark for what is no text, in UTF-8.</summary>
    private const byte FirstOfMark = 0xEF;

    private const int InitialBytes = 1024;

    /// <summary>A thread keeps no more room than this.</summary>
    private const int MostKept = 16 * InitialBytes;

    /// <summary>What is written here is read here, and by nobody else.</summary>
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? Kept;

    [ThreadStatic]
    private static Utf8JsonWriter? KeptWriter;

    /// <summary>How many members an object has; -1 where some text in it may be none, for a writer puts a mark in the place of what it cannot read. Those with the same name are all counted, unless the node was looked into: then there are none.</summary>
    /// <exception cref="InvalidOperationException">A text in it is no text.</exception>
    public static int Count(JsonObject node)
    {
        ArrayBufferWriter<byte> text = Kept ?? new ArrayBufferWriter<byte>(InitialBytes);
        Utf8JsonWriter writer = KeptWriter ?? new Utf8JsonWriter(text, Plain);

        // What an exception has left half written is not used again.
        (Kept, KeptWriter) = (null, null);
        node.WriteTo(writer);
        writer.Flush();
        int count = HasMark(text.WrittenSpan) ? -1 : CountMembers(text.WrittenSpan);
        if (text.Capacity <= MostKept)
        {
            writer.Reset();
            text.Clear();
            (Kept, KeptWriter) = (text, writer);
        }

        return count;
    }

    /// <summary>Whether a mark stands for something else; both forms of it begin with what few texts have.</summary>
    private static bool HasMark(ReadOnlySpan<byte> text) =>
        text.ContainsAny((byte)'\\', FirstOfMark) && (text.IndexOf("\\uFFFD"u8) >= 0 || text.IndexOf("\uFFFD"u8) >= 0);

    /// <summary>Counts the colons of the object itself. The writer's text is JSON for certain.</summary>
    private static int CountMembers(ReadOnlySpan<byte> text)
    {
        int count = 0;
        int depth = 0;
        for (int i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case (byte)'"':
                    i = EndOfString(text, i);
                    break;
                case (byte)'{' or (byte)'[':
                    depth++;
                    break;
                case (byte)'}' or (byte)']':
                    depth--;
                    break;
                case (byte)':' when depth == 1:
                    count++;
                    break;
            }
        }

        return count;
    }

    /// <summary>Where a string ends that begins with the quote at a place.</summary>
    private static int EndOfString(ReadOnlySpan<byte> text, int start)
    {
        int i = start + 1;
        while (true)
        {
            i += text[i..].IndexOfAny((byte)'"', (byte)'\\');
            if (text[i] == '"')
            {
                return i;
            }

            i += 2;
        }
    }
}
