using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using PolicyLayer.Sdk.Python.Bootstrap;
using PolicyLayer.Sdk.Python.Interpreters;

namespace PolicyLayer.Sdk.Python.Execution;

/// <summary>What the supervisor is sent, each field after its length: first what to lock and how, then, when it has said that it is locked, the run.</summary>
internal static class RunMessage
{
    /// <summary>What makes a locked interpreter.</summary>
    public static byte[] Lock(RunnerSettings settings, Interpreter interpreter, Preparation preparation) =>
        Join([interpreter.Magic, interpreter.Program, BootstrapConfiguration.Write(settings, interpreter, preparation)]);

    /// <summary>What makes it run.</summary>
    public static byte[] Run(RunRequest request) =>
        Join([Encoding.UTF8.GetBytes(request.Timeout.TotalSeconds.ToString("R", CultureInfo.InvariantCulture)), request.Code]);

    private static byte[] Join(ReadOnlySpan<byte[]> fields)
    {
        int size = 0;
        foreach (byte[] field in fields)
        {
            size += 4 + field.Length;
        }

        var message = new byte[size];
        Span<byte> rest = message;
        foreach (byte[] field in fields)
        {
            BinaryPrimitives.WriteInt32LittleEndian(rest, field.Length);
            field.CopyTo(rest[4..]);
            rest = rest[(4 + field.Length)..];
        }

        return message;
    }
}
