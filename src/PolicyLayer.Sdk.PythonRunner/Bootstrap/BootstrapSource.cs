using System.Text;

namespace PolicyLayer.Sdk.Python.Bootstrap;

/// <summary>The Python half of the sandbox: small files, joined in the order of their names into one program.</summary>
internal static class BootstrapSource
{
    private const string Prefix = "Bootstrap.";

    /// <summary>The program that supervisor and worker run.</summary>
    public static string Program { get; } = string.Concat(
        Names().Where(name => char.IsAsciiDigit(name[Prefix.Length + 1])).Order(StringComparer.Ordinal).Select(name => Read(name) + "\n\n"));

    /// <summary>What asks an interpreter what it is and compiles the program.</summary>
    public static string Probe { get; } = Read(Prefix + "probe.py");

    /// <summary>The argument of <c>-c</c> that takes the compiled program from standard input.</summary>
    public static string Stub { get; } = Read(Prefix + "stub.py");

    private static IEnumerable<string> Names() => typeof(BootstrapSource).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal));

    private static string Read(string name)
    {
        using Stream stream = typeof(BootstrapSource).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
