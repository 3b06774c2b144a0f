using System.CommandLine;
using System.Globalization;
using PolicyLayer.Cli.Auditing;
using PolicyLayer.Cli.Proxying;
using PolicyLayer.Sdk;
using PolicyLayer.Sdk.Proxy.Stdio;
using PolicyLayer.Sdk.Testing.Replay;

namespace PolicyLayer.Cli.Commands;

/// <summary><c>policylayer proxy</c>: policies in front of an MCP server that knows nothing of them.</summary>
internal static class ProxyCommand
{
    public static Command Create(CommandStreams streams)
    {
        Option<string[]> policies = new Option<string[]>("--policy") { Description = "a policy, followed: when the file changes, the next call is judged by it; with several, every one must allow", Required = true, HelpName = "FILE", AllowMultipleArgumentsPerToken = false }.NamesAFile();
        var grant = new Option<string>("--grant") { Description = "whose calls they are", HelpName = "ID", DefaultValueFactory = static _ => "default" };
        var state = new Option<string>("--state") { Description = "where counters are kept, and calls that wait for approval, which memory has none of: memory, sqlite:FILE, postgres:CONNECTION, redis:CONNECTION", HelpName = "STORE", DefaultValueFactory = static _ => StateStore.Memory };
        Option<int> approvalWait = new Option<int>("--approval-wait") { Description = "how long a call that needs approval waits for it before it is refused for now; 0 refuses it at once", HelpName = "SECONDS", DefaultValueFactory = static _ => 0 }.Number(NumberStyles.AllowLeadingSign, "0 to 86400 whole seconds");
        var serverName = new Option<string>("--server-name") { Description = "what the audit and approvals call the server; else its program or host, with a hash of the rest", HelpName = "NAME" };
        Option<string> schemas = ToolSchemas.CreateOption();
        var audit = new AuditOptions();
        var requireAudit = new Option<bool>("--require-audit") { Description = "deny calls that cannot be recorded; without it they run, and the error stream says so" };
        var http = new HttpProxyOptions();
        var server = new Argument<string[]>("COMMAND") { Description = "behind --: the server's program and its arguments, as they are", Arity = ArgumentArity.ZeroOrMore };
        var command = new ExampledCommand(
            "proxy",
            "stands in front of an MCP server, on stdio or over HTTP, and judges every tool call before the server sees it",
            "policylayer proxy --policy policy.json -- npx -y @modelcontextprotocol/server-filesystem /data",
            "policylayer proxy --policy policy.json --audit audit.jsonl -- python3 server.py",
            "policylayer proxy --policy policy.json --state sqlite:state.db --approval-wait 50 -- python3 server.py",
            "policylayer proxy --policy policy.json --upstream https://mcp.example.com/mcp --listen http://127.0.0.1:8080/mcp --grants grants.json")
        {
            policies,
            grant,
            state,
            approvalWait,
            serverName,
            schemas,
            server,
        };
        audit.AddTo(command);
        command.Add(requireAudit);
        http.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string[] files = parsed.GetRequiredValue(policies);
            if (files.Contains(PolicyFiles.StandardInput, StringComparer.Ordinal))
            {
                throw new UsageException("standard input is the client's here; put the policy into a file");
            }

            string[] words = parsed.GetValue(server) ?? [];
            Grant caller = CallLineReader.NewGrant(parsed.GetValue(grant)!, "--grant");
            HttpProxySettings? settings = http.Read(parsed, isAlone: words.Length == 0);
            if (settings is null && string.IsNullOrWhiteSpace(words.FirstOrDefault()))
            {
                throw new UsageException("proxy needs a server: its program behind -- (COMMAND), or --upstream URL and --listen URL");
            }

            string? name = parsed.GetValue(serverName);
            if (name is not null && string.IsNullOrWhiteSpace(name))
            {
                throw new UsageException("--server-name must not be empty");
            }

            StateStore store = StateStore.Parse(parsed.GetValue(state)!);
            TimeSpan wait = Wait(parsed.GetValue(approvalWait), store);
            AuditFile? trail = await audit.ReadAsync(parsed, [.. files, settings?.Grants], cancellationToken).ConfigureAwait(false);
            if (trail is null && parsed.GetValue(requireAudit))
            {
                throw new UsageException("--require-audit needs --audit FILE, where calls are recorded");
            }

            cancellationToken.ThrowIfCancellationRequested();
            IReadOnlyList<ToolPolicy> read = await PolicyFiles.LoadAsync(files, streams.In, cancellationToken).ConfigureAwait(false);
            var host = new GuardHost(options => PolicyFiles.Follow(options, files, read), trail, parsed.GetValue(requireAudit), store, new ErrorStreamLogger<ToolGuard>(streams), approvalWait: wait);
            await using (host.ConfigureAwait(false))
            {
                if (settings is not null)
                {
                    return await HttpProxy.RunAsync(settings.Listen, options => settings.Configure(options, host, caller, SetGuarding), streams, cancellationToken).ConfigureAwait(false);
                }

                var guarding = new ToolPolicyMcpOptions();
                SetGuarding(guarding);
                var proxy = new StdioToolPolicyProxy(
                    host.Guard,
                    new StdioToolPolicyProxyOptions { Command = words[0], Arguments = words[1..], GrantResolver = GrantResolvers.Fixed(caller), Guarding = guarding, ForwardSignals = true },
                    new ErrorStreamLogger<StdioToolPolicyProxy>(streams));

                // Signals are the server's once there is one: it says when it has ended, and how.
                return await proxy.RunAsync(new BlockingStream(streams.In), streams.Bytes, beforeStart: cancellationToken, CancellationToken.None).ConfigureAwait(false);
            }

            void SetGuarding(ToolPolicyMcpOptions guarding)
            {
                guarding.ServerName = name;
                ToolSchemas.Apply(parsed.GetValue(schemas)!, guarding);
            }
        });
        return command;
    }

    private static TimeSpan Wait(int seconds, StateStore store) =>
        seconds is < 0 or > 86_400 ? throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--approval-wait must be 0 to 86400 seconds, not {seconds}"))
        : seconds > 0 && !store.KeepsApprovals ? throw new UsageException($"--approval-wait: with --state `{StateStore.Memory}` nobody can answer what waits; name `sqlite:FILE`, `postgres:CONNECTION` or `redis:CONNECTION`")
        : TimeSpan.FromSeconds(seconds);
}
