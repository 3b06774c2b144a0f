#pragma warning disable MCPEXP002 // the seam that the Tasks extension uses
using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Alternate = ModelContextProtocol.Protocol.ResultOrAlternate<ModelContextProtocol.Protocol.CallToolResult>;

namespace PolicyLayer.Sdk.Mcp.Tests.Tasks;

/// <summary>Makes a task of every call as the SDK's Tasks extension does: a filter around all others stores it, answers, and runs the rest in a context of its own.</summary>
internal sealed class TestTasks(IServiceScopeFactory scopes)
{
    private static readonly JsonTypeInfo<Created> CreatedInfo = (JsonTypeInfo<Created>)new JsonSerializerOptions { TypeInfoResolver = new DefaultJsonTypeInfoResolver() }.GetTypeInfo(typeof(Created));

    private readonly ConcurrentDictionary<string, CancellationTokenSource> _cancellations = [];

    /// <summary>What became of each task.</summary>
    public ConcurrentDictionary<string, TaskCompletionSource<JsonNode?>> Ended { get; } = [];

    /// <summary>What each task waits for before it runs.</summary>
    public Task Begin { get; set; } = Task.CompletedTask;

    public bool StoreIsBroken { get; set; }

    /// <summary>What a filter behind this one does to the call of a task.</summary>
    public Action<CallToolRequestParams>? Change { get; set; }

    public static void AddTo(IMcpServerBuilder builder)
    {
        builder.Services.AddSingleton<TestTasks>();
        builder.Services.AddOptions<McpServerOptions>().Configure<TestTasks>(static (options, tasks) =>
        {
            options.Filters.Request.CallToolWithAlternateFilters.Add(tasks.CreateAsync);
            (options.RequestHandlers ??= []).Add(new McpServerRequestHandler { Method = "tasks/cancel", Handler = tasks.CancelAsync });
            options.RequestHandlers.Add(new McpServerRequestHandler { Method = "tasks/result", Handler = tasks.ResultAsync });
        });
    }

    private ValueTask<Alternate> CreateAsync(RequestContext<CallToolRequestParams> request, McpRequestHandler<CallToolRequestParams, Alternate> next, CancellationToken cancellationToken)
    {
        if (StoreIsBroken)
        {
            throw new McpException("the store is broken");
        }

        AsyncServiceScope scope = scopes.CreateAsyncScope();
        var own = new RequestContext<CallToolRequestParams>(request.Server, request.JsonRpcRequest, request.Params) { MatchedPrimitive = request.MatchedPrimitive, Services = scope.ServiceProvider };
        string id = $"task-{Ended.Count}";
        Ended[id] = new TaskCompletionSource<JsonNode?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _cancellations[id] = new CancellationTokenSource();
        _ = Task.Run(() => RunAsync(id, scope, own, next), CancellationToken.None);
        return new ValueTask<Alternate>(Alternate.FromAlternate(new Created { ResultType = "task", TaskId = id }, CreatedInfo));
    }

    private async Task RunAsync(string id, AsyncServiceScope scope, RequestContext<CallToolRequestParams> context, McpRequestHandler<CallToolRequestParams, Alternate> next)
    {
        await using (scope)
        {
            try
            {
                await Begin;
                Change?.Invoke(context.Params!);
                Alternate result = await next(context, _cancellations[id].Token);
                Ended[id].SetResult(JsonSerializer.SerializeToNode(result.Result, McpJsonUtilities.DefaultOptions));
            }
            catch (Exception e)
            {
                Ended[id].SetResult(e.GetType().Name);
            }
        }
    }

    private async ValueTask<JsonNode?> CancelAsync(RequestContext<JsonNode?> request, CancellationToken cancellationToken)
    {
        await _cancellations[(string)request.Params!["taskId"]!].CancelAsync();
        return new JsonObject();
    }

    private async ValueTask<JsonNode?> ResultAsync(RequestContext<JsonNode?> request, CancellationToken cancellationToken) =>
        new JsonObject { ["ended"] = (await Ended[(string)request.Params!["taskId"]!].Task.WaitAsync(cancellationToken))?.DeepClone() };

    private sealed class Created : Result
    {
        [JsonPropertyName("taskId")]
        public required string TaskId { get; init; }
    }
}
