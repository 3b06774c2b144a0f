using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PolicyLayer.Sdk.Counting.Shared;

/// <summary>A counter's key as the one text that a shared store keeps it by.</summary>
/// <remarks>What belongs to one caller stands together, so that a store in order of keys finds the limits of a call in one place. The algorithm and the window belong to it too: a limit that changes them counts anew, for what was counted otherwise cannot be compared.</remarks>
internal static class SharedKey
{
    /// <summary>Longer ones are kept by their hash: databases index no more than a few kilobytes.</summary>
    private const int Longest = 1_000;

    /// <summary>What JSON has as it is.</summary>
    private static readonly SearchValues<char> Plain = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(static letter => (char)letter).Except("\"\\")]);

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text: without control characters, and different for different keys.</summary>
    public static string Of(in CounterDemand demand)
    {
        (CounterKey key, string window) = (demand.Key, Window(demand.Limit));
        return IsPlain(key.Policy) && IsPlain(key.Scope) && IsPlain(key.Counter)
            && string.Concat(["[\"", key.Policy, "\",\"", key.Scope, "\",\"", key.Counter, "\",\"", window, "\"]"]) is { Length: <= Longest } plain
            ? plain
            : Escaped(key, window);
    }

    private static bool IsPlain(string text) => !text.AsSpan().ContainsAnyExcept(Plain);

    private static string Escaped(in CounterKey key, string window)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var writer = new Utf8JsonWriter(buffer, Readable))
        {
            writer.WriteStartArray();
            writer.WriteStringValue(key.Policy);
            writer.WriteStringValue(key.Scope);
            writer.WriteStringValue(key.Counter);
            writer.WriteStringValue(window);
            writer.WriteEndArray();
        }

        return buffer.WrittenCount <= Longest ? Encoding.UTF8.GetString(buffer.WrittenSpan) : "sha256:" + Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan));
    }

    private static string Window(CounterLimit limit) => limit switch
    {
        { Algorithm: LimitAlgorithm.Concurrent } => "concurrent",
        { Algorithm: LimitAlgorithm.Fixed, Unit: not CalendarUnit.FromEpoch } => "fixed " + limit.Unit,
        _ => string.Create(CultureInfo.InvariantCulture, $"{limit.Algorithm} {limit.Window.Ticks}"),
    };
}
