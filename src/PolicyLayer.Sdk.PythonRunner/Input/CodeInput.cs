using System.Text;

namespace PolicyLayer.Sdk.Python.Input;

/// <summary>Checks the code and the time before anything is started.</summary>
internal static class CodeInput
{
    private const char ByteOrderMark = '\uFEFF';
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The code as UTF-8, or why it is refused.</summary>
    public static string? Refuse(string code, int maxBytes, out byte[] utf8)
    {
        utf8 = [];
        ReadOnlySpan<char> text = code.StartsWith(ByteOrderMark) ? code.AsSpan(1) : code;
        if (text.Contains('\0'))
        {
            return "The code contains a NUL character, which Python does not read. Nothing was started.";
        }

        try
        {
            int size = Strict.GetByteCount(text);
            if (size > maxBytes)
            {
                return $"The code is {size} bytes of UTF-8; at most {maxBytes} are allowed. Nothing was started.";
            }

            utf8 = new byte[size];
            Strict.GetBytes(text, utf8);
            return null;
        }
        catch (EncoderFallbackException e)
        {
            return $"The code contains half of a surrogate pair at position {e.Index}, which is not text. Nothing was started.";
        }
    }

    public static string? Refuse(TimeSpan timeout, TimeSpan most) =>
        timeout > TimeSpan.Zero && timeout <= most
            ? null
            : $"The time-out is {Seconds(timeout)} s; it must be more than 0 and at most {Seconds(most)} s. Nothing was started.";

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture);
}
