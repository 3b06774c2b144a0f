namespace PolicyLayer.Sdk.Python.Tests.Matrix;

/// <summary>Every payload against the layers, by what is seen from outside.</summary>
public sealed class MatrixTests
{
    public static TheoryData<string> Layers() => [.. Layer.All.Select(layer => layer.Name)];

    [Fact]
    public async Task With_all_layers_nothing_succeeds() => await MatrixRun.JudgeAsync([], await MatrixRun.PythonAsync());

    [Fact]
    public async Task Without_namespaces_nothing_succeeds_that_another_layer_holds() => await MatrixRun.JudgeAsync(Layer.Namespaces, await MatrixRun.PythonAsync());

    [Fact]
    public async Task Without_Landlock_nothing_succeeds_that_another_layer_holds() => await MatrixRun.JudgeAsync(["landlock"], await MatrixRun.PythonAsync());

    [Fact]
    public async Task Without_any_layer_everything_succeeds() => await MatrixRun.JudgeAsync(Layer.Switchable, await MatrixRun.PythonAsync());

    /// <summary>The list of what holds a payload is complete: with all other layers on it succeeds.</summary>
    [Fact]
    public async Task Without_the_layers_that_hold_it_everything_succeeds_whatever_else_is_on() => await MatrixRun.JudgeWithoutHoldersAsync(await MatrixRun.PythonAsync(), Payloads.All);

    /// <summary>A layer alone holds what it is said to hold, and nothing else.</summary>
    [Theory]
    [MemberData(nameof(Layers))]
    public async Task Layer_alone_holds_its_own(string name)
    {
        var layer = Layer.Named(name);
        Assert.SkipUnless(layer.IsHere, "this kernel, or this user of the host, does not get this layer");
        IEnumerable<Payload> tried = MatrixRun.IsFull ? Payloads.All : Sample(layer);

        await MatrixRun.JudgeAsync([.. Layer.Switchable.Except(layer.Switches)], await MatrixRun.PythonAsync(), tried.Where(payload => !payload.Bare));
    }

    /// <summary>Of each category one that it holds, and of all one that it does not.</summary>
    private static IEnumerable<Payload> Sample(Layer layer) =>
        Payloads.All.GroupBy(payload => payload.HeldBy.Contains(layer.Name) ? payload.Category : "").Select(group => group.First());
}
