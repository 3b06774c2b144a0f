using System.Net;
using System.Net.Sockets;
using PolicyLayer.Sdk.Python.Tests.Support;

namespace PolicyLayer.Sdk.Python.Tests.Layers;

/// <summary>
/// Native code in the worker against each layer alone. Every payload is also shown to work when the layers that hold it
/// are off: a payload that never worked would prove nothing.
/// </summary>
public sealed class NativeCodeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _secret = "secret-" + Guid.NewGuid().ToString("N");
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public NativeCodeTests()
    {
        File.WriteAllText(_folder["secret"], _secret);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder["secret"], UnixFileMode.UserRead);
        }

        _listener.Start();
    }

    private string Marker => _folder["marker"];

    private int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose()
    {
        _listener.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("landlock")]
    [InlineData("seccomp")]
    [InlineData("landlock other_user")]
    [InlineData("seccomp other_user")]
    [InlineData("seccomp landlock")]
    [InlineData("seccomp landlock other_user", true)]
    public async Task Reading_a_file(string without, bool works = false)
    {
        Assert.SkipWhen(without == "seccomp landlock" && !Environment.IsPrivilegedProcess, "only root can become another user");

        PythonResult result = await RunAsync($"read('{_folder["secret"]}')", without);

        Assert.Equal(works, result.Stdout.Contains(_secret, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("landlock")]
    [InlineData("seccomp")]
    [InlineData("seccomp landlock", true)]
    public async Task Making_a_file(string without, bool works = false)
    {
        await RunAsync($"create('{Marker}')", without);

        Assert.Equal(works, File.Exists(Marker));
    }

    [Theory]
    [InlineData("")]
    [InlineData("landlock")]
    [InlineData("seccomp")]
    [InlineData("seccomp landlock", true)]
    public async Task Connecting(string without, bool works = false)
    {
        PythonResult result = await RunAsync($"connect({Port})", without);

        Assert.SkipWhen(without == "seccomp" && result.Isolation.Missing.Contains("landlock_tcp"), "this kernel's Landlock knows no TCP");
        Assert.Equal(works, _listener.Pending());
    }

    [Theory]
    [InlineData("landlock")]
    [InlineData("landlock limits")]
    [InlineData("landlock seccomp")]
    [InlineData("landlock seccomp limits", true)]
    public async Task Forking(string without, bool works = false)
    {
        Assert.SkipWhen(without == "landlock seccomp" && !Environment.IsPrivilegedProcess, "the count of processes is that of the user");

        await RunAsync($"fork('{Marker}')", without);

        Assert.Equal(works, File.Exists(Marker));
    }

    [Theory]
    [InlineData("landlock limits")]
    [InlineData("seccomp limits")]
    [InlineData("seccomp landlock limits", true)]
    public async Task Starting_a_program(string without, bool works = false)
    {
        await RunAsync($"execute('{Marker}')", without);

        Assert.Equal(works, File.Exists(Marker));
    }

    [Theory]
    [InlineData("landlock_worker")]
    [InlineData("seccomp")]
    [InlineData("seccomp landlock_worker", true)]
    public async Task Killing_the_supervisor(string without, bool works = false)
    {
        PythonResult result = await RunAsync("kill_supervisor()", without);

        Assert.SkipWhen(without == "seccomp" && result.Isolation.Missing.Contains("landlock_scopes"), "this kernel's Landlock knows no scopes");
        Assert.Equal(works ? PythonOutcome.Unavailable : PythonOutcome.Exited, result.Outcome);
    }

    [Theory]
    [InlineData("deny_write_execute")]
    [InlineData("seccomp")]
    [InlineData("seccomp deny_write_execute", true)]
    public async Task Getting_memory_to_write_and_run(string without, bool works = false)
    {
        PythonResult result = await RunAsync("execute_memory()", without);

        Assert.SkipWhen(
            without == "seccomp" && result.Isolation.Missing.Contains("deny_write_execute"), "this kernel has no memory-deny-write-execute");
        Assert.Equal(works, result.Stdout.Contains("mmap worked", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Empty_root_alone_hides_files()
    {
        PythonResult result = await RunAsync($"read('{_folder["secret"]}')\ncreate('{Marker}')", "seccomp landlock other_user", except: ["mount_namespace", "empty_root"]);

        Assert.SkipUnless(result.Isolation.Layers.Contains("empty_root"), "this machine gives no empty root");
        Assert.DoesNotContain(_secret, result.Stdout, StringComparison.Ordinal);
        Assert.False(File.Exists(Marker));
    }

    [Fact]
    public async Task Network_namespace_alone_reaches_nobody()
    {
        PythonResult result = await RunAsync($"connect({Port})", "seccomp landlock", except: ["network_namespace"]);

        Assert.SkipUnless(result.Isolation.Layers.Contains("network_namespace"), "this machine gives no network namespace");
        Assert.False(_listener.Pending());
    }

    [Fact]
    public async Task Process_namespace_alone_hides_the_supervisor()
    {
        // Asked apart: a killed supervisor leaves no report, and a skip would hide it.
        PythonResult probe = await Sandbox.RunAsync("pass");
        Assert.SkipUnless(probe.Isolation.Layers.Contains("pid_namespace"), "this machine gives no process namespace");

        // The parent reads as process 0 here, and to signal 0 is to signal the caller's whole group.
        PythonResult result = await RunAsync("kill_supervisor()", "seccomp landlock landlock_worker", except: ["pid_namespace"]);

        Assert.NotEqual(PythonOutcome.Unavailable, result.Outcome);
    }

    // Without namespaces, but for those a test is about: each of them would hold what the other layers are tried for.
    private static Task<PythonResult> RunAsync(string step, string without, params string[] except) =>
        Sandbox.RunAsync(Sandbox.Program("native.py").Replace("STEP", step, StringComparison.Ordinal), o =>
        {
            string[] namespaces = ["mount_namespace", "pid_namespace", "network_namespace", "empty_root"];
            o.Allow("ctypes");
            o.Without(["audit", .. namespaces.Except(except), .. without.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        });
}
