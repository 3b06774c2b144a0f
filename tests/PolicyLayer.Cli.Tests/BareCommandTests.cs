namespace PolicyLayer.Cli.Tests;

public sealed class BareCommandTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Who_says_nothing_is_shown_what_there_is_and_that_is_no_success()
    {
        Tool.Result result = await _tool.RunAsync();
        Assert.Equal((2, string.Empty), (result.Code, result.Error));
        Assert.Contains("  validate <FILE>", result.Output, StringComparison.Ordinal);
    }
}
