using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Threading.Channels;

namespace PolicyLayer.Sdk.Proxy.Tests.Support;

/// <summary><c>policylayer proxy</c> as a process, and a test that speaks to it in lines.</summary>
internal sealed class ProxyProcess : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("policylayer-proxy-");
    private readonly Channel<string> _errors = Channel.CreateUnbounded<string>();
    private readonly Process _process;

    /// <param name="policy">The policy's JSON.</param>
    /// <param name="more">The rest of the command line, such as <c>--</c> and a server.</param>
    public ProxyProcess(string policy, params string[] more)
        : this(policy, [], more)
    {
    }

    /// <param name="policy">The policy's JSON.</param>
    /// <param name="variables">What its environment has beside this process's.</param>
    /// <param name="more">The rest of the command line, such as <c>--</c> and a server.</param>
    public ProxyProcess(string policy, IEnumerable<(string Name, string Value)> variables, params string[] more)
    {
        ChangePolicy(policy);
        var start = new ProcessStartInfo("dotnet", [Programs.Tool, "proxy", "--policy", Policy, "--audit", Audit, .. more])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { } text)
            {
                _errors.Writer.TryWrite(text);
            }
            else
            {
                _errors.Writer.TryComplete();
            }
        };
        _process.BeginErrorReadLine();
    }

    private string Policy => Path.Combine(_folder.FullName, "policy.json");

    private string Audit => Path.Combine(_folder.FullName, "audit.jsonl");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static ProxyProcess InFrontOfPeer(string policy, string mode = "plain") => new(policy, "--", "python3", Programs.Peer, mode);

    public void ChangePolicy(string policy) => File.WriteAllText(Policy, policy);

    public async Task SayAsync(string line)
    {
        await _process.StandardInput.WriteAsync((line + "\n").AsMemory(), Token);
        await _process.StandardInput.FlushAsync(Token);
    }

    public void EndInput() => _process.StandardInput.Close();

    public async Task<string?> ReadAsync() => await _process.StandardOutput.ReadLineAsync(Token);

    /// <summary>The next line of the error stream that begins with a text, without that.</summary>
    public async Task<string> ErrorAsync(string begin)
    {
        while (true)
        {
            string line = await _errors.Reader.ReadAsync(Token);
            if (line.StartsWith(begin, StringComparison.Ordinal))
            {
                return line[begin.Length..];
            }
        }
    }

    /// <param name="name">The signal, such as <c>TERM</c>.</param>
    public async Task SignalAsync(string name)
    {
        using Process kill = Process.Start("kill", ["-" + name, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Token);
    }

    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync(Token);
        return _process.ExitCode;
    }

    /// <summary>The outcomes that the audit has, once the proxy has ended.</summary>
    public string[] Outcomes() =>
        [.. File.ReadAllLines(Audit).Select(static line => System.Text.Json.JsonElement.Parse(line)).Where(static line => line.GetProperty("kind").GetString() == "outcome").Select(static line => line.GetProperty("outcome").GetString()!)];

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
