using System.Globalization;
using System.Text;

namespace PolicyLayer.Sdk.Python.Tests.Matrix;

/// <summary>The matrix as the documentation shows it: a table for each category, from the payloads themselves.</summary>
internal static class MatrixPage
{
    public static string Text()
    {
        var text = new StringBuilder();
        int provable = Payloads.All.Count(payload => payload.Unprovable is null);
        text.Append(CultureInfo.InvariantCulture, $"{Payloads.All.Count} payloads; {provable} are shown to succeed without the layers that hold them.\n");
        foreach (IGrouping<string, Payload> category in Payloads.All.GroupBy(payload => payload.Category))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n### {char.ToUpperInvariant(category.Key[0])}{category.Key[1..]}\n\n| payload | tries | seen by | held by each of |\n|---|---|---|---|\n");
            foreach (Payload payload in category)
            {
                text.Append(CultureInfo.InvariantCulture, $"| `{payload.Name}` | {payload.About}{Remark(payload)} | {Seen(payload.Evidence)} | {string.Join(", ", payload.HeldBy.Concat(payload.LaterHeldBy.Select(later => later.ToString())))} |\n");
            }
        }

        return text.ToString();
    }

    /// <summary>How many of the payloads each layer holds alone.</summary>
    public static string Counts()
    {
        var text = new StringBuilder("| layer | holds alone |\n|---|---|\n");
        foreach (string layer in Layer.All.Select(layer => layer.Name).Concat(Layer.Structure).Where(name => Payloads.All.Any(payload => payload.HeldBy.Contains(name))))
        {
            text.Append(CultureInfo.InvariantCulture, $"| `{layer}` | {Payloads.All.Count(payload => payload.HeldBy.Contains(layer))} |\n");
        }

        return text.ToString();
    }

    private static string Remark(Payload payload) =>
        payload.Unprovable is { } reason ? $" (Not shown to succeed: {reason}.)" : payload.Bare ? " (Shown to succeed in a plain interpreter.)" : "";

    private static string Seen(Evidence evidence) => evidence switch
    {
        Evidence.Token => "a secret in the output",
        Evidence.File => "a change in a folder",
        Evidence.Received => "a socket of the test",
        Evidence.Victim => "another process",
        Evidence.Process => "processes and threads",
        Evidence.Outliving => "a process left over",
        Evidence.Memory => "memory in use",
        Evidence.Forged => "the host's result",
        Evidence.Supervisor => "the supervisor's end",
        Evidence.Machine => "the exit code of machine code",
        Evidence.Unstoppable => "its end at the deadline",
        Evidence.Flood => "bytes that arrived",
        _ => "its exit code",
    };
}
