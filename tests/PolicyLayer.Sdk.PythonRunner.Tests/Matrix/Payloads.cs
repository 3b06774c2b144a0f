using System.Globalization;
using System.Reflection;
using System.Text;

namespace PolicyLayer.Sdk.Python.Tests.Matrix;

/// <summary>The payloads: one Python file each, whose first lines say what it is.</summary>
internal static class Payloads
{
    private const string Prefix = "Payloads/";
    private const string NotProvable = "none, ";

    public static IReadOnlyList<Payload> All { get; } =
        [.. Resources().Where(name => name[Prefix.Length..].Contains('/', StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name => Read(name[Prefix.Length..]))];

    public static Payload Named(string name) => All.First(payload => payload.Name == name);

    /// <summary>The code with its helper before it.</summary>
    public static string Text(Payload payload) => payload.Helper is null ? payload.Code : Resource(payload.Helper) + "\n" + payload.Code;

    private static Payload Read(string name)
    {
        string text = Resource(name);
        string[] header = [.. text.Split('\n').TakeWhile(line => line.StartsWith("# ", StringComparison.Ordinal)).Select(line => line[2..])];
        Dictionary<string, string> keys = header.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        string[] unknown = [.. keys.Keys.Except(["evidence", "held by", "with", "allow", "needs", "baseline", "enclosure"])];
        string[] heldBy = [.. List("held by").Where(name => !IsLater(name))];
        LaterHolder[] later = [.. List("held by").Where(IsLater).Select(ReadLater)];
        unknown = [.. unknown, .. heldBy.Concat(later.Select(one => one.Layer)).Except(Layer.All.Select(layer => layer.Name)).Except(Layer.Structure)];
        string? baseline = keys.GetValueOrDefault("baseline");
        return unknown.Length > 0 || heldBy.Length == 0
            ? throw new InvalidDataException($"{name}: {string.Join(", ", unknown)} is not known, or nothing holds it")
            : new Payload
            {
                Name = name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..],
                Category = name[..name.IndexOf('/', StringComparison.Ordinal)],
                About = header[0],
                Evidence = Enum.Parse<Evidence>(keys["evidence"], ignoreCase: true),
                HeldBy = heldBy,
                LaterHeldBy = later,
                Helper = keys.GetValueOrDefault("with"),
                Allow = List("allow"),
                Needs = List("needs"),
                Enclosure = keys.GetValueOrDefault("enclosure"),
                Bare = baseline == "bare",
                Unprovable = baseline?.StartsWith(NotProvable, StringComparison.Ordinal) == true ? baseline[NotProvable.Length..] : null,
                Code = text,
            };

        string[] List(string key) => keys.TryGetValue(key, out string? value) ? value.Split(", ") : [];
    }

    /// <summary>Written <c>audit&gt;=3.12</c>, for an interpreter, or <c>landlock?</c>, for some kernel.</summary>
    private static bool IsLater(string name) => name.EndsWith('?') || name.Contains(">=3.", StringComparison.Ordinal);

    private static LaterHolder ReadLater(string text) =>
        text.Split(">=3.") is [var layer, var minor] ? new LaterHolder(layer, int.Parse(minor, CultureInfo.InvariantCulture)) : new LaterHolder(text[..^1], null);

    private static IEnumerable<string> Resources() =>
        Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal));

    private static string Resource(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
