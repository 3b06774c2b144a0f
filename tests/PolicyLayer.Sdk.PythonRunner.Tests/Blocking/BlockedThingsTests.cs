using System.Net;
using System.Net.Sockets;
using PolicyLayer.Sdk.Python.Tests.Support;

namespace PolicyLayer.Sdk.Python.Tests.Blocking;

/// <summary>What people try first. The evidence is outside: the secret, the marker, the connection.</summary>
public sealed class BlockedThingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _secret = "secret-" + Guid.NewGuid().ToString("N");

    public BlockedThingsTests() => File.WriteAllText(Secret, _secret);

    private string Secret => _folder["secret.txt"];

    private string Marker => Secret + ".marker";

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("os")]
    [InlineData("sys")]
    [InlineData("socket")]
    [InlineData("subprocess")]
    [InlineData("ctypes")]
    [InlineData("_ctypes")]
    [InlineData("posix")]
    [InlineData("importlib")]
    [InlineData("builtins")]
    [InlineData("math")]
    public async Task Import_is_named_and_blocked(string module)
    {
        PythonResult result = await Sandbox.RunAsync("import " + module);

        Assert.EndsWith($"ImportError: import of '{module}' is blocked by the sandbox\n", result.Stderr, StringComparison.Ordinal);
        Assert.Equal(1, result.ReturnCode);
    }

    [Theory]
    [InlineData("from os import path")]
    [InlineData("import os.path as p")]
    [InlineData("__import__('os')")]
    [InlineData("exec('import os')")]
    [InlineData("eval(\"__import__('os')\")")]
    [InlineData("exec('import os', {})")]
    public async Task Import_by_another_way_is_blocked_too(string code)
    {
        PythonResult result = await Sandbox.RunAsync(code);

        Assert.Contains("is blocked by the sandbox", result.Stderr, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("print(open(PATH).read())")]
    [InlineData("print(open(PATH, 'rb').read())")]
    [InlineData("open(PATH + '.marker', 'w').write('x')")]
    [InlineData("open(PATH, 'a')")]
    public async Task File_access_is_blocked(string code)
    {
        PythonResult result = await RunAsync(code);

        Assert.DoesNotContain(_secret, result.Stdout + result.Stderr, StringComparison.Ordinal);
        Assert.Contains("PermissionError: [Errno 1] file access is blocked by the sandbox", result.Stderr, StringComparison.Ordinal);
        Assert.False(File.Exists(Marker));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Way_through_the_object_graph_ends_at_the_kernel(bool withAudit)
    {
        PythonResult result = await RunAsync(Sandbox.Program("object_graph.py"), withAudit ? [] : ["audit", "import_gate"]);

        Assert.Equal(0, result.ReturnCode);
        Assert.DoesNotContain(_secret, result.Stdout, StringComparison.Ordinal);
        Assert.False(Path.Exists(Marker));
        Assert.True(File.Exists(Secret));
        string[] lines = result.Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(18, lines.Length);
        Assert.All(lines, line => Assert.True(line.EndsWith("errno 1", StringComparison.Ordinal) || IsFailedSystem(line), line));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Left_over_native_types_gain_nothing(bool withAudit)
    {
        PythonResult result = await RunAsync(Sandbox.Program("left_overs.py"), withAudit ? [] : ["audit"]);

        Assert.Equal(0, result.ReturnCode);
        Assert.Equal(withAudit, result.Stdout.Contains("reached 0\n", StringComparison.Ordinal));
        Assert.All(
            result.Stdout.Split('\n').Where(line => line.Length > 0 && line[0] is 'o' or 's' or 'f' or 'w'),
            line => Assert.EndsWith(" -1", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Module_that_is_allowed_opens_no_door()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        string code = $"""
            import random
            os = random._os
            for attempt in (lambda: os.open(PATH, 0), lambda: os.system(': > ' + PATH + '.marker'), lambda: os.listdir('/')):
                try: print(attempt())
                except PermissionError as e: print(e)
            import socket
            try: socket.socket().connect(('127.0.0.1', {((IPEndPoint)listener.LocalEndpoint).Port}))
            except PermissionError as e: print(e)
            """;

        PythonResult result = await RunAsync(code, [], "random", "socket");

        Assert.Equal(0, result.ReturnCode);
        Assert.Equal(4, result.Stdout.Split("is blocked by the sandbox").Length - 1);
        Assert.False(File.Exists(Marker));
        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task Environment_of_the_host_is_not_there()
    {
        Environment.SetEnvironmentVariable("SANDBOX_TEST_SECRET", _secret);

        PythonResult result = await RunAsync("import random\nprint(dict(random._os.environ))", [], "random");

        Assert.Equal("{'TZ': 'UTC0', 'LC_ALL': 'C.UTF-8'}\n", result.Stdout);
    }

    // Python starts the shell without asking whether it started: -1, or the code for "not found".
    private static bool IsFailedSystem(string line) => line is "system gave -1" or "system gave 32512";

    private Task<PythonResult> RunAsync(string code, string[]? without = null, params string[] allowed) =>
        Sandbox.RunAsync($"PATH = '{Secret}'\n{code}", o =>
        {
            o.Allow(allowed);
            foreach (string layer in without ?? [])
            {
                o.DisabledLayers.Add(layer);
            }
        });
}
