using System.CommandLine;
using System.Globalization;
using PolicyLayer.Cli.Auditing;
using PolicyLayer.Cli.Commands;
using PolicyLayer.Sdk;
using PolicyLayer.Sdk.Testing.Replay;

namespace PolicyLayer.Cli.Proxying;

/// <summary>The options of <c>policylayer proxy</c>.</summary>
internal sealed class ProxyOptions
{
    private readonly Option<string[]> _policies = new Option<string[]>("--policy") { Description = "a policy, followed: when the file changes, the next call is judged by it; with several, every one must allow", Required = true, HelpName = "FILE", AllowMultipleArgumentsPerToken = false }.NamesAFile();
    private readonly Option<string> _grant = new("--grant") { Description = "whose calls they are", HelpName = "ID", DefaultValueFactory = static _ => "default" };
    private readonly Option<string> _state = new("--state") { Description = "where counters are kept, and calls that wait for approval, which memory has none of: memory, sqlite:FILE, postgres:CONNECTION, redis:CONNECTION", HelpName = "STORE", DefaultValueFactory = static _ => StateStore.Memory };
    private readonly Option<int> _approvalWait = new Option<int>("--approval-wait") { Description = "how long a call that needs approval waits for it before it is refused for now; 0 refuses it at once", HelpName = "SECONDS", DefaultValueFactory = static _ => 0 }.Number(NumberStyles.AllowLeadingSign, "0 to 86400 whole seconds");
    private readonly Option<string> _serverName = new("--server-name") { Description = "what the audit and approvals call the server; else its program or host, with a hash of the rest", HelpName = "NAME" };
    private readonly Option<string> _schemas = ToolSchemas.CreateOption();
    private readonly Argument<string[]> _server = new("COMMAND") { Description = "behind --: the server's program and its arguments, as they are", Arity = ArgumentArity.ZeroOrMore };
    private readonly AuditOptions _audit = new();
    private readonly Option<bool> _requireAudit = new("--require-audit") { Description = "deny calls that cannot be recorded; without it they run, and the error stream says so" };
    private readonly HttpProxyOptions _http = new();

    public void AddTo(Command command)
    {
        command.Add(_policies);
        command.Add(_grant);
        command.Add(_state);
        command.Add(_approvalWait);
        command.Add(_serverName);
        command.Add(_schemas);
        command.Add(_server);
        _audit.AddTo(command);
        command.Add(_requireAudit);
        _http.AddTo(command);
    }

    /// <summary>What the options say.</summary>
    /// <exception cref="UsageException">They do not fit together, or the key of the audit cannot be read.</exception>
    public async Task<ProxySettings> ReadAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string[] policies = parsed.GetRequiredValue(_policies);
        if (policies.Contains(PolicyFiles.StandardInput, StringComparer.Ordinal))
        {
            throw new UsageException("standard input is the client's here; put the policy into a file");
        }

        string[] server = parsed.GetValue(_server) ?? [];
        Grant caller = CallLineReader.NewGrant(parsed.GetValue(_grant)!, "--grant");
        HttpProxySettings? http = _http.Read(parsed, isAlone: server.Length == 0);
        if (http is null && string.IsNullOrWhiteSpace(server.FirstOrDefault()))
        {
            throw new UsageException("proxy needs a server: its program behind -- (COMMAND), or --upstream URL and --listen URL");
        }

        string? name = parsed.GetValue(_serverName);
        if (name is not null && string.IsNullOrWhiteSpace(name))
        {
            throw new UsageException("--server-name must not be empty");
        }

        StateStore state = StateStore.Parse(parsed.GetValue(_state)!);
        TimeSpan wait = Wait(parsed.GetValue(_approvalWait), state);
        AuditFile? trail = await _audit.ReadAsync(parsed, [.. policies, http?.Grants], cancellationToken).ConfigureAwait(false);
        if (trail is null && parsed.GetValue(_requireAudit))
        {
            throw new UsageException("--require-audit needs --audit FILE, where calls are recorded");
        }

        return new ProxySettings
        {
            Policies = policies,
            Caller = caller,
            State = state,
            ApprovalWait = wait,
            ServerName = name,
            Schemas = parsed.GetValue(_schemas)!,
            Trail = trail,
            IsAuditRequired = parsed.GetValue(_requireAudit),
            Server = server,
            Http = http,
        };
    }

    private static TimeSpan Wait(int seconds, StateStore state) =>
        seconds is < 0 or > 86_400 ? throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--approval-wait must be 0 to 86400 seconds, not {seconds}"))
        : seconds > 0 && !state.KeepsApprovals ? throw new UsageException($"--approval-wait: with --state `{StateStore.Memory}` nobody can answer what waits; name `sqlite:FILE`, `postgres:CONNECTION` or `redis:CONNECTION`")
        : TimeSpan.FromSeconds(seconds);
}
