using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.Extensions.AI;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using PolicyLayer.Sdk.Python.Tests.Life;
using PolicyLayer.Sdk.Python.Tests.Support;

namespace PolicyLayer.Sdk.Python.Tests.Tool;

/// <summary>The function as a tool of an MCP server, seen from a client.</summary>
[Collection(Alone.Name)]
public sealed class McpToolTests
{
    [Fact]
    public async Task Tool_is_listed_with_both_schemas_and_answers_by_them()
    {
        await using PooledPython python = await PooledPython.WarmAsync(1);
        await using var served = await ServedTool.StartAsync(PythonTool.Create(python.Runner));

        McpClientTool tool = Assert.Single(await served.Client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken));
        CallToolResult result = await tool.CallAsync(new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = "print(6 * 7)", ["timeout"] = 5 }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("run_python_code", tool.Name);
        Assert.Equal(5000, tool.JsonSchema.GetProperty("properties").GetProperty("code").GetProperty("maxLength").GetInt32());
        JsonElement schema = Assert.NotNull(tool.ReturnJsonSchema);
        JsonElement answer = Assert.NotNull(result.StructuredContent);
        Assert.Equal(("42\n", 0), (answer.GetProperty("stdout").GetString(), answer.GetProperty("returncode").GetInt32()));
        Assert.Equal(
            schema.GetProperty("required").EnumerateArray().Select(name => name.GetString()),
            answer.EnumerateObject().Select(member => member.Name));
        Assert.Contains("\"stdout\":\"42", Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Progress_of_the_call_reaches_the_client()
    {
        await using PooledPython python = await PooledPython.WarmAsync(1);
        var options = new PythonToolOptions { Progress = call => new Passed((IProgress<ProgressNotificationValue>)call.Services!.GetService(typeof(IProgress<ProgressNotificationValue>))!) };
        await using var served = await ServedTool.StartAsync(PythonTool.Create(python.Runner, options));
        var heard = new Heard();

        // A client listens no longer once it has the answer, so the call goes on until both are heard.
        using var cancellation = new CancellationTokenSource();
        Task call = served.Client.CallToolAsync(
            PythonTool.Name, new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = "while True: pass" }, heard, cancellationToken: cancellation.Token).AsTask();

        await ProcessTable.EventuallyAsync(() => heard.Values.Count == 2, "no progress was heard");
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(["Starting", "Running"], heard.Values.OrderBy(value => value.Progress).Select(value => value.Message));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Call_that_the_client_cancels_ends_its_processes(int pool)
    {
        await using PooledPython python = await PooledPython.WarmAsync(pool);
        var running = new TaskCompletionSource();
        var options = new PythonToolOptions { Progress = _ => new Signal(running) };
        await using var served = await ServedTool.StartAsync(PythonTool.Create(python.Runner, options));
        using var cancellation = new CancellationTokenSource();
        Task call = served.Client.CallToolAsync(
            PythonTool.Name, new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = "while True: pass" }, cancellationToken: cancellation.Token).AsTask();
        await running.Task.WaitAsync(TestContext.Current.CancellationToken);
        IReadOnlyList<int> processes = python.Processes;

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await ProcessTable.EventuallyAsync(() => !python.Processes.Intersect(processes).Any(), "the cancelled call runs on");
    }

    [Fact]
    public async Task Caller_is_what_the_host_says()
    {
        await using PythonRunner runner = Sandbox.Runner(o =>
        {
            o.MaxConcurrentRuns = 1;
            o.MaxQueuedRuns = 2;
        });
        AIFunction tool = PythonTool.Create(runner, new PythonToolOptions { Caller = call => (string?)call.Context!["grant"] });
        using var cancellation = new CancellationTokenSource();
        Task<JsonElement>[] greedy = [.. Enumerable.Range(0, 3).Select(_ => CallAsync("greedy", cancellation.Token))];

        // One runs and two wait, as many as may: the last gives way to another caller's first.
        Task<JsonElement> modest = CallAsync("modest", TestContext.Current.CancellationToken, "print(1)");

        Assert.Equal("refused", (await greedy[2]).GetProperty("outcome").GetString());
        await cancellation.CancelAsync();
        foreach (Task<JsonElement> call in greedy[..2])
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        }

        Assert.Equal("exited", (await modest).GetProperty("outcome").GetString());

        async Task<JsonElement> CallAsync(string grant, CancellationToken cancellationToken, string code = "while True: pass") => (JsonElement)(await tool.InvokeAsync(
            new AIFunctionArguments { ["code"] = code, Context = new Dictionary<object, object?> { ["grant"] = grant } }, cancellationToken))!;
    }

    private sealed class Passed(IProgress<ProgressNotificationValue> progress) : IProgress<PythonRunPhase>
    {
        public void Report(PythonRunPhase value) => progress.Report(new ProgressNotificationValue { Progress = (int)value, Message = value.ToString() });
    }

    private sealed class Heard : IProgress<ProgressNotificationValue>
    {
        public ConcurrentQueue<ProgressNotificationValue> Values { get; } = new();

        public void Report(ProgressNotificationValue value) => Values.Enqueue(value);
    }

    private sealed class Signal(TaskCompletionSource running) : IProgress<PythonRunPhase>
    {
        public void Report(PythonRunPhase value)
        {
            if (value == PythonRunPhase.Running)
            {
                running.TrySetResult();
            }
        }
    }

    /// <summary>A server with one tool, and its client, in this process.</summary>
    private sealed class ServedTool(McpServer server, McpClient client, CancellationTokenSource stop, Task running) : IAsyncDisposable
    {
        public McpClient Client => client;

        public static async Task<ServedTool> StartAsync(AIFunction function)
        {
            Pipe requests = new(), responses = new();
            var options = new McpServerOptions { ToolCollection = [McpServerTool.Create(function, new McpServerToolCreateOptions { UseStructuredContent = true })] };
            var server = McpServer.Create(new StreamServerTransport(requests.Reader.AsStream(), responses.Writer.AsStream()), options);
            var stop = new CancellationTokenSource();
            Task running = server.RunAsync(stop.Token);
            McpClient client = await McpClient.CreateAsync(
                new StreamClientTransport(requests.Writer.AsStream(), responses.Reader.AsStream()), cancellationToken: TestContext.Current.CancellationToken);
            return new ServedTool(server, client, stop, running);
        }

        public async ValueTask DisposeAsync()
        {
            await client.DisposeAsync();
            await stop.CancelAsync();
            await running;
            await server.DisposeAsync();
            stop.Dispose();
        }
    }
}
