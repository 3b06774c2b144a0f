using System.Collections.Concurrent;
using PolicyLayer.Sdk.Python.Tests.Support;

namespace PolicyLayer.Sdk.Python.Tests.Matrix;

/// <summary>Runs cells side by side and judges each by one law: a payload is held exactly where a layer that holds it is on.</summary>
internal static class MatrixRun
{
    private const int AtOnce = 4;

    /// <summary>Whether the whole product of payloads, layers and interpreters is wanted: minutes instead of seconds.</summary>
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("POLICYLAYER_FULL_MATRIX") == "1";

    /// <summary>Every payload without these layers; a plain interpreter where a payload is held by the structure alone.</summary>
    public static async Task JudgeAsync(IReadOnlyCollection<string> off, string python, IEnumerable<Payload>? payloads = null) =>
        await EachAsync(payloads ?? Payloads.All, payload => JudgeAsync(payload, off, python));

    /// <summary>Every payload without the layers that hold it, and with all others.</summary>
    public static async Task JudgeWithoutHoldersAsync(string python, IEnumerable<Payload> payloads) => await EachAsync(
        payloads.Where(payload => !payload.Bare), payload => JudgeAsync(payload, [.. payload.Holders(Machine.Minor(python)).Select(layer => layer.Own)], python));

    /// <summary>Asks of many payloads at once and fails with all that is wrong.</summary>
    public static async Task EachAsync<T>(IEnumerable<T> all, Func<T, Task<string?>> judge)
    {
        var wrong = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (one, _) =>
        {
            if (await judge(one) is { } fault)
            {
                wrong.Add(fault);
            }
        });
        Assert.True(wrong.IsEmpty, string.Join("\n\n", wrong.Order(StringComparer.Ordinal)));
    }

    /// <summary>What is wrong with one payload without these layers; null where it does as the law says.</summary>
    public static async Task<string?> JudgeAsync(Payload payload, IReadOnlyCollection<string> off, string python)
    {
        if (payload.IsHeld(off, Machine.Minor(python)) is not { } isHeld)
        {
            return null;
        }

        bool isDangerous = payload.Unprovable is not null && off.Contains("seccomp");
        bool isNeeded = !isHeld || payload.Enclosure is not null;
        if (isDangerous || !Machine.CanPlant(payload) || (isNeeded && Machine.Lacks(payload, python) is not null))
        {
            return null;
        }

        bool isBare = payload.Bare && Layer.Switchable.All(off.Contains);
        Cell cell = isBare ? await Cell.BareAsync(payload, python) : await Cell.SandboxedAsync(payload, python, off, hoped: !isHeld);
        bool shouldSucceed = isBare || !isHeld;
        return cell.Succeeded == shouldSucceed ? null : $"{(cell.Succeeded ? "succeeded" : "did nothing")} without [{string.Join(' ', off)}]: {cell.Detail}";
    }

    public static Task<string> PythonAsync() => Sandbox.RealPythonAsync();
}
