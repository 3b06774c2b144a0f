using System.Buffers.Binary;
using PolicyLayer.Sdk.Python.Bootstrap;
using PolicyLayer.Sdk.Python.Interpreters;

namespace PolicyLayer.Sdk.Python.Execution;

/// <summary>What the supervisor is sent: four fields, each after its length.</summary>
internal static class RunMessage
{
    public static byte[] Write(RunnerSettings settings, Interpreter interpreter, RunRequest request)
    {
        ReadOnlySpan<byte[]> fields =
        [
            interpreter.Magic,
            interpreter.Program,
            BootstrapConfiguration.Write(settings, interpreter, request),
            request.Code,
        ];
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
