using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using PolicyLayer.Sdk.Proxy.Tests.Support;
using static PolicyLayer.Sdk.Proxy.Tests.Support.LongMessages;

namespace PolicyLayer.Sdk.Proxy.Tests.Http.Passing;

/// <summary>Answers that are too long to be held: they pass while they come, and are settled all the same.</summary>
public sealed class LongAnswerTests
{
    private static readonly (string, string) Session = ("Mcp-Session-Id", "session-1");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(Timeout = 120_000)]
    [InlineData("application/json", true)]
    [InlineData("application/json", false)]
    [InlineData("text/event-stream", false)]
    public async Task Answer_of_200_MB_passes_through_64_MB_of_memory(string type, bool saysItsLength)
    {
        const int Blocks = 3200;
        byte[] block = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("0123456789abcde\\n", 1 << 12)))[..(1 << 16)];
        bool isEvent = type == "text/event-stream";
        byte[] begin = Encoding.UTF8.GetBytes(isEvent ? "event: message\nid: 1\ndata: " + Begin : Begin), end = Encoding.UTF8.GetBytes(isEvent ? "\"}]}}\n\n" : "\"}]}}");
        await using UpstreamServer server = await UpstreamServer.StartAsync();
        server.Answer = async (context, _) =>
        {
            context.Response.ContentType = type;
            context.Response.ContentLength = saysItsLength ? begin.Length + ((long)Blocks * block.Length) + end.Length : null;
            await context.Response.Body.WriteAsync(begin);
            for (int i = 0; i < Blocks; i++)
            {
                await context.Response.Body.WriteAsync(block);
            }

            await context.Response.Body.WriteAsync(end);
            return true;
        };
        using var sent = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sent.AppendData(begin);
        for (int i = 0; i < Blocks; i++)
        {
            sent.AppendData(block);
        }

        sent.AppendData(end);

        // The runtime gives the proxy no more: what holds the answer does not live.
        await using var proxy = new ProxyProcess(Policy, [("DOTNET_GCHeapHardLimit", "0x4000000")], "--upstream", server.Endpoint.ToString(), "--listen", "http://127.0.0.1:0/mcp");
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, await proxy.ErrorAsync("policylayer: listening on ")) { Content = new StringContent(Call, Encoding.UTF8, "application/json") };
        using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        byte[] got = await SHA256.HashDataAsync(await response.Content.ReadAsStreamAsync(Token), Token);
        Assert.Equal(Convert.ToHexString(sent.GetHashAndReset()), Convert.ToHexString(got));
        Assert.Equal(saysItsLength, response.Content.Headers.ContentLength > 200 << 20);
        await proxy.SignalAsync("TERM");
        Assert.Equal(0, await proxy.ExitAsync());
        Assert.Equal(["ok"], proxy.Outcomes());
    }

    [Theory(Timeout = 60_000)]
    [InlineData("""LONG"}]}}""", "Ok")]
    [InlineData("""LONG"}],"isError":false}}""" + "\r\n", "Ok")]
    [InlineData("""LONG"}],"isError":true}}""", "Error")]
    public async Task Answer_passes_while_it_comes_and_is_settled_by_its_end(string end, string outcome)
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        var seen = new TaskCompletionSource();
        string rest = end.Replace("LONG", Long, StringComparison.Ordinal);
        proxy.Server.Answer = async (context, _) =>
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(Begin + Long);
            await seen.Task;
            await context.Response.WriteAsync(rest);
            return true;
        };
        Assert.Equal(Begin + Long + rest, await ReadWhileItComesAsync(proxy, seen));
        Assert.Equal([Enum.Parse<ToolOutcome>(outcome)], proxy.Audit.Outcomes);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("""LONG"}]},"id":1}""")]
    [InlineData("""LONG"}]},"ID":2}""")]
    [InlineData("""LONG"}]},"result":{}}""")]
    [InlineData("""LONG"}]},"error":{}}""")]
    [InlineData("""LONG"}]},"method":"ping"}""")]
    [InlineData("""LONG\x"}]}}""")]
    [InlineData("LONG\u0001\"}]}}")]
    [InlineData("""LONG"}]}}{}""")]
    [InlineData("""LONG"}]}""")]
    [InlineData("""LONG""")]
    public async Task Answer_that_turns_out_to_be_none_is_cut_off_and_an_error(string end)
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        proxy.Server.Answer = async (context, _) =>
        {
            await UpstreamServer.WriteAsync(context, Begin + end.Replace("LONG", Long, StringComparison.Ordinal));
            return true;
        };
        await IsCutOffAsync(proxy);
    }

    [Fact(Timeout = 60_000)]
    public async Task Answer_to_another_request_is_cut_off_and_an_error()
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        proxy.Server.Answer = async (context, _) =>
        {
            await UpstreamServer.WriteAsync(context, (Begin + Long + "\"}]}}").Replace("\"id\":1", "\"id\":2", StringComparison.Ordinal));
            return true;
        };
        await IsCutOffAsync(proxy);
    }

    [Fact(Timeout = 60_000)]
    public async Task Server_that_ends_within_its_answer_is_an_error()
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        proxy.Server.Answer = async (context, _) =>
        {
            await UpstreamServer.WriteAsync(context, Begin + Long);
            context.Abort();
            return true;
        };
        await IsCutOffAsync(proxy);
    }

    [Fact(Timeout = 60_000)]
    public async Task Client_that_goes_away_within_an_answer_has_cancelled()
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        var settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        proxy.Server.Answer = static async (context, _) =>
        {
            await UpstreamServer.WriteAsync(context, Begin + Long);
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
            return true;
        };
        using (HttpResponseMessage response = await proxy.PostAsync(Call))
        {
            await (await response.Content.ReadAsStreamAsync(Token)).ReadExactlyAsync(new byte[1 << 16], Token);
        }

        while (!proxy.Audit.Outcomes.Any())
        {
            await Task.Yield();
        }

        Assert.Equal([ToolOutcome.Cancelled], proxy.Audit.Outcomes);
    }

    [Fact(Timeout = 60_000)]
    public async Task Cancelled_within_its_answer_a_call_is_settled_and_the_answer_cut_off()
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        await proxy.InitializeAsync();
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        proxy.Server.Answer = async (context, body) =>
        {
            if (!body.Contains("tools/call", StringComparison.Ordinal))
            {
                return false;
            }

            await UpstreamServer.WriteAsync(context, Begin + Long);
            await context.Response.Body.FlushAsync();
            await cancelled.Task;
            await context.Response.WriteAsync("\"}]}}");
            return true;
        };
        using HttpResponseMessage response = await proxy.PostAsync(Call, Session);
        await (await response.Content.ReadAsStreamAsync(Token)).ReadExactlyAsync(new byte[1 << 16], Token);
        Assert.Equal(202, (await proxy.SayAsync("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}""", Session)).Status);
        Assert.Equal([ToolOutcome.Cancelled], proxy.Audit.Outcomes);
        cancelled.SetResult();
        await Assert.ThrowsAnyAsync<IOException>(async () => await (await response.Content.ReadAsStreamAsync(Token)).CopyToAsync(Stream.Null, Token));
        Assert.Equal([ToolOutcome.Cancelled], proxy.Audit.Outcomes);
    }

    // What is to be pruned or changed is held, as long as it may be.
    [Theory(Timeout = 60_000)]
    [InlineData(1 << 20, "")]
    [InlineData(1 << 16, "longer than this proxy passes on")]
    public async Task Long_listing_is_pruned_as_a_whole(int most, string problem)
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy, options => options.MaxServerMessageBytes = most);
        proxy.Server.Answer = async (context, _) =>
        {
            await UpstreamServer.WriteAsync(context, $$$"""{"jsonrpc":"2.0","id":9,"result":{"tools":[{"name":"a","description":"{{{Long}}}"},{"name":"secret"}]}}""");
            return true;
        };
        string body = (await proxy.SayAsync("""{"jsonrpc":"2.0","id":9,"method":"tools/list"}""")).Body;
        Assert.Contains(problem, body, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", body, StringComparison.Ordinal);
        Assert.Equal(problem.Length == 0, JsonElement.Parse(body).TryGetProperty("result", out _));
    }
}
