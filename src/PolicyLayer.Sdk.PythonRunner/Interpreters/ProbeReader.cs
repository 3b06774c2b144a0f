using PolicyLayer.Sdk.Python.Protocol;
using PolicyLayer.Sdk.Python.Seccomp;

namespace PolicyLayer.Sdk.Python.Interpreters;

/// <summary>Reads what probe.py wrote.</summary>
internal static class ProbeReader
{
    private static ReadOnlySpan<byte> Greeting => "sandbox-probe 1\n"u8;

    /// <exception cref="InvalidDataException">It is not what the probe writes.</exception>
    public static ProbeAnswer Read(string path, byte[] answer)
    {
        int end = answer.AsSpan().IndexOf("\n\n"u8);
        if (end < 0 || !answer.AsSpan().StartsWith(Greeting))
        {
            throw new InvalidDataException("it does not answer as Python would");
        }

        var fields = new Fields(answer.AsSpan(0, end));
        byte[] program = answer[(end + 2)..];
        if (program.Length != fields.Number("size"))
        {
            throw new InvalidDataException("its answer is cut off");
        }

        if (Unfit(fields) is { } reason)
        {
            return new ProbeAnswer(null, Advice.Unfit(path, reason));
        }

        SystemCallTable? table = fields.Number("bits") == 64 ? SystemCallTable.For(fields.Text("machine")) : null;
        if (table is null)
        {
            return new ProbeAnswer(null, Advice.Unfit(path, $"{fields.Text("machine")}, {fields.Text("bits")} bits; it must be x86_64 or aarch64 with 64 bits"));
        }

        // Only a full path: a bare name would be looked up in the current directory first.
        string executable = fields.Text("executable") is { } known && Path.IsPathRooted(known) ? known : path;
        return new ProbeAnswer(new Interpreter(executable, fields.Text("version"), table, Magic(fields), program), null);
    }

    private static string? Unfit(Fields fields)
    {
        string lacks = fields.Text("lacks");
        return fields.Text("implementation") != "cpython" ? $"{fields.Text("implementation")}; it must be CPython"
            : fields.Text("platform") != "linux" ? $"for {fields.Text("platform")}; it must be for Linux"
            : !Version.TryParse(fields.Text("version"), out Version? version) || version < new Version(3, 9) ? $"version {fields.Text("version")}; it must be 3.9 or newer"
            : lacks.Length > 0 ? $"built without the module `{lacks}`"
            : null;
    }

    private static byte[] Magic(Fields fields)
    {
        try
        {
            return Convert.FromHexString(fields.Text("magic"));
        }
        catch (FormatException e)
        {
            throw new InvalidDataException("`magic` is not hexadecimal", e);
        }
    }
}
