namespace PolicyLayer.Sdk.Python.Tests.Matrix;

/// <summary>The same on every interpreter.</summary>
public sealed class InterpreterTests
{
    [Theory]
    [MemberData(nameof(InstalledPython.Versions), MemberType = typeof(InstalledPython))]
    public async Task Payloads_are_held_and_work_without(string version)
    {
        string python = await InstalledPython.FindAsync(version);
        Payload[] tried = MatrixRun.IsFull ? [.. Payloads.All] : [.. Payloads.All.GroupBy(payload => (payload.Category, payload.Helper, payload.LaterHeldBy.Count)).Select(group => group.First())];

        await MatrixRun.JudgeAsync([], python, tried);
        await MatrixRun.JudgeAsync(Layer.Switchable, python, tried);
        await MatrixRun.JudgeWithoutHoldersAsync(python, tried);
    }
}
