using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace PolicyLayer.Sdk.Mcp.Tests.Listings;

public sealed class ListingTests
{
    private const string Policy = """{ "version": "1", "default": "allow", "hide": ["hidden_*"] }""";

    private static readonly int[] Numbers = [1, 2];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Pages_of_a_custom_handler_keep_their_cursors(bool before)
    {
        await using TestServer server = await TestServer.StartAsync(Policy, builder =>
        {
            _ = before ? builder.WithListToolsHandler(ListPages).WithToolPolicies() : builder.WithToolPolicies().WithListToolsHandler(ListPages);
        });

        ListToolsResult first = await ListAsync(server, null);
        Assert.Equal(["a"], first.Tools.Select(static tool => tool.Name));
        Assert.Equal("page 2", first.NextCursor);
        ListToolsResult second = await ListAsync(server, first.NextCursor);
        Assert.Empty(second.Tools);
        Assert.Equal("page 3", second.NextCursor);
        Assert.Equal(["a", "b"], await server.Client.ListAsync());
    }

    [Fact]
    public async Task What_a_handler_gives_to_every_caller_is_not_changed()
    {
        var shared = new ListToolsResult
        {
            Tools = new List<Tool> { new() { Name = "a" }, new() { Name = "hidden_1" } }.AsReadOnly(),
            TimeToLive = TimeSpan.FromMinutes(1),
            CacheScope = CacheScope.Public,
            Meta = new System.Text.Json.Nodes.JsonObject { ["from"] = "handler" },
        };
        await using TestServer server = await TestServer.StartAsync(Policy, builder => builder.WithListToolsHandler((_, _) => new ValueTask<ListToolsResult>(shared)).WithToolPolicies());

        ListToolsResult listed = await ListAsync(server, null);
        Assert.Equal(["a"], listed.Tools.Select(static tool => tool.Name));
        Assert.Equal(TimeSpan.FromMinutes(1), listed.TimeToLive);
        Assert.Equal("handler", listed.Meta!["from"]!.GetValue<string>());
        Assert.Equal(2, shared.Tools.Count);

        // Of what one caller may see, no shared cache may serve another.
        Assert.Equal(CacheScope.Private, listed.CacheScope);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Tools_that_a_filter_adds_are_hidden_as_well(bool before)
    {
        await using TestServer server = await TestServer.StartAsync(Policy, builder =>
        {
            void AddFilter() => builder.WithRequestFilters(static filters => filters.AddListToolsFilter(static next => async (context, token) =>
            {
                ListToolsResult result = await next(context, token);
                result.Tools.Add(new Tool { Name = "hidden_by_filter" });
                return result;
            }));

            if (before)
            {
                AddFilter();
            }

            builder.WithTools(new TestTools().All("a")).WithToolPolicies();
            if (!before)
            {
                AddFilter();
            }
        });

        Assert.Equal(["a"], await server.Client.ListAsync());
    }

    [Theory]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task Clients_of_every_revision_get_what_they_would_get_without_policies(string protocol)
    {
        McpServerTool tool = McpServerTool.Create(static () => Numbers, new McpServerToolCreateOptions { Name = "numbers", UseStructuredContent = true });
        await using TestServer guarded = await TestServer.StartAsync(Policy, builder => builder.WithTools([tool]).WithToolPolicies(), protocol: protocol);
        await using TestServer plain = await TestServer.StartAsync(Policy, builder => builder.WithTools([tool]), protocol: protocol);

        Assert.Equal(Json((await ListAsync(plain, null)).Tools), Json((await ListAsync(guarded, null)).Tools));
        Assert.Equal(Json(await plain.Client.CallAsync("numbers")), Json(await guarded.Client.CallAsync("numbers")));
    }

    private static ValueTask<ListToolsResult> ListPages(RequestContext<ListToolsRequestParams> context, CancellationToken cancellationToken) =>
        new(context.Params?.Cursor switch
        {
            null => new ListToolsResult { Tools = [new Tool { Name = "a" }, new Tool { Name = "hidden_1" }], NextCursor = "page 2" },
            "page 2" => new ListToolsResult { Tools = [new Tool { Name = "hidden_2" }], NextCursor = "page 3" },
            _ => new ListToolsResult { Tools = [new Tool { Name = "b" }] },
        });

    private static async Task<ListToolsResult> ListAsync(TestServer server, string? cursor) =>
        await server.Client.ListToolsAsync(new ListToolsRequestParams { Cursor = cursor }, TestContext.Current.CancellationToken);

    private static string Json<T>(T value) => System.Text.Json.JsonSerializer.Serialize(value, ModelContextProtocol.McpJsonUtilities.DefaultOptions);
}
