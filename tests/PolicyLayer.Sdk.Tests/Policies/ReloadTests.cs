using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PolicyLayer.Sdk.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Tests.Policies;

/// <summary>Policy files that change while the host runs.</summary>
public sealed class ReloadTests : IDisposable
{
    private const string Two = """{ "version": "1", "default": "deny", "tools": { "t": { "limits": [{ "counter": "c", "window": "day", "max": 2, "refund": "on_error" }] } } }""";
    private const string Three = """{ "version": "1", "default": "deny", "tools": { "u": {}, "t": { "limits": [{ "counter": "c", "window": "day", "max": 3, "refund": "on_error" }] } } }""";

    private readonly ManualTimeProvider _time = new();
    private readonly RecordingLogger _log = new();
    private readonly RecordingSink _audit = new();
    private readonly TemporaryFile _file = new(Encoding.UTF8.GetBytes(Two));
    private readonly List<ServiceProvider> _hosts = [];
    private bool _checksAtStart;

    [Fact]
    public void Changed_file_counts_from_the_next_call_and_counters_stay()
    {
        ToolGuard guard = Start(o => o.AddPolicyFile(_file.Path, reloadOnChange: true));
        Assert.Equal((true, true, false), (guard.Decide("t").IsAllowed, guard.Decide("t").IsAllowed, guard.Decide("t").IsAllowed));
        Change(Three);
        Assert.Equal((true, false), (guard.Decide("t").IsAllowed, guard.Decide("t").IsAllowed));
        Assert.True(guard.Decide("u").IsAllowed);
        Assert.Equal(2, _audit.Lines.Count(static line => line.Contains("\"policy\"", StringComparison.Ordinal) && !line.Contains("decision", StringComparison.Ordinal)));
        Assert.DoesNotContain(_log.Entries, static entry => entry.Level >= LogLevel.Warning);
    }

    // Each is used up as it was, then as it is now; a minute later it admits what it is now.
    [Theory]
    [InlineData("""{ "window": "minute", "max": 2 }""", """{ "window": "day", "max": 2 }""", 2, 0)]
    [InlineData("""{ "window": "day", "max": 2 }""", """{ "window": "minute", "max": 2 }""", 2, 2)]
    [InlineData("""{ "window": "minute", "max": 2 }""", """{ "window": "60s", "max": 3 }""", 1, 3)]
    [InlineData("""{ "algorithm": "fixed", "window": "minute", "max": 2 }""", """{ "algorithm": "fixed", "window": "month", "max": 2 }""", 2, 0)]
    [InlineData("""{ "algorithm": "fixed", "window": "minute", "max": 2 }""", """{ "window": "day", "max": 2 }""", 2, 0)]
    [InlineData("""{ "concurrent": 2 }""", """{ "window": "minute", "max": 2 }""", 2, 2)]
    [InlineData("""{ "concurrent": 2 }""", """{ "concurrent": 3 }""", 1, 0)]
    [InlineData("""{ "concurrent": 3 }""", """{ "concurrent": 2 }""", 0, 0)]
    [InlineData("""{ "algorithm": "token_bucket", "window": "minute", "max": 60, "burst": 2 }""", """{ "algorithm": "token_bucket", "window": "minute", "max": 1, "burst": 2 }""", 0, 1)]
    [InlineData("""{ "algorithm": "token_bucket", "window": "day", "max": 1, "burst": 2 }""", """{ "algorithm": "token_bucket", "window": "day", "max": 1440, "burst": 9 }""", 0, 1)]
    [InlineData("""{ "algorithm": "token_bucket", "window": "minute", "max": 60, "burst": 60 }""", """{ "algorithm": "token_bucket", "window": "minute", "max": 2, "burst": 1 }""", 0, 1)]
    public void Changed_limit_counts_as_it_is_now(string before, string after, int now, int later)
    {
        static string Policy(string limit) => $$"""{ "version": "1", "default": "deny", "tools": { "t": { "limits": [{ "counter": "c", {{limit[1..]}}] } } }""";
        File.WriteAllText(_file.Path, Policy(before));
        ToolGuard guard = Start(o => o.AddPolicyFile(_file.Path, reloadOnChange: true));
        Assert.True(Drain(guard) >= 2);
        Change(Policy(after));
        Assert.Equal(now, Drain(guard));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(later, Drain(guard));
    }

    [Fact]
    public void Call_under_way_ends_under_the_policy_that_judged_it()
    {
        ToolGuard guard = Start(o => o.AddPolicyFile(_file.Path, reloadOnChange: true));
        ToolDecision decision = guard.Decide("t");
        string? version = decision.PolicyVersion;
        Change("""{ "version": "1", "default": "deny", "tools": { "t": { "limits": [{ "counter": "c", "window": "day", "max": 1 }] } } }""");
        Assert.False(guard.Decide("t").IsAllowed, "the one that runs is counted");
        guard.Complete(decision, ToolOutcome.Error);
        Assert.Contains(version!, _audit.Lines[^1], StringComparison.Ordinal);
        Assert.NotEqual(version, guard.Decide("t").PolicyVersion);
        Assert.False(guard.Decide("t").IsAllowed, "given back once, taken once");
    }

    // Who writes a file may be half-way, and half a policy may lack the rule that denies.
    [Fact]
    public void File_that_is_still_written_is_left_alone_until_it_is_still()
    {
        ToolGuard guard = Start(o => o.AddPolicyFile(_file.Path, reloadOnChange: true));
        for (int i = 0; i < 5; i++)
        {
            File.WriteAllText(_file.Path, Three + new string(' ', i));
            Look();
            Assert.False(guard.Decide("u").IsAllowed);
        }

        Look();
        Assert.True(guard.Decide("u").IsAllowed);
    }

    [Fact]
    public void File_that_cannot_be_used_leaves_the_policy_before_and_is_told_once()
    {
        ToolGuard guard = Start(o => o.AddPolicyFile(_file.Path, reloadOnChange: true));
        Change("""{ "version": "1", "default": "allow", "tolls": {} }""");
        Look();
        Assert.False(guard.Decide("u").IsAllowed);
        (LogLevel level, string text) = Assert.Single(_log.Entries, static entry => entry.Level >= LogLevel.Warning);
        Assert.Equal(LogLevel.Error, level);
        Assert.Contains("tolls", text, StringComparison.Ordinal);
        File.Delete(_file.Path);
        Look();
        Look();
        Look();
        Assert.True(guard.Decide("t").IsAllowed);
        Assert.Contains("no such file", _log.Entries.Last(static entry => entry.Level == LogLevel.Error).Text, StringComparison.Ordinal);
        Change(Three);
        Assert.True(guard.Decide("u").IsAllowed);
    }

    [Fact]
    public void Each_file_changes_by_itself_and_names_stay_apart()
    {
        using var other = new TemporaryFile(Encoding.UTF8.GetBytes("""{ "version": "1", "default": "allow" }"""), "other.json");
        int read = 0;
        string name = "other";
        ToolGuard guard = Start(o => o
            .AddPolicyFile(_file.Path, reloadOnChange: true)
            .AddPolicyFile(other.Path, () => ToolPolicy.Parse(File.ReadAllText(other.Path), name), reloadOnChange: true)
            .AddPolicy(() => read++ == 0 ? ToolPolicy.Parse("""{ "version": "1", "default": "allow" }""", "third") : throw new InvalidOperationException("asked twice")));
        File.WriteAllText(other.Path, """{ "version": "1", "default": "allow", "hide": ["u"] } """);
        Change(Three);
        Assert.Equal((true, DecisionReason.Hidden), (guard.Decide("t").IsAllowed, guard.Decide("u").Reason));
        name = "policy";
        File.WriteAllText(other.Path, """{ "version": "1", "default": "allow" }""");
        Look();
        Look();
        Assert.Equal(DecisionReason.Hidden, guard.Decide("u").Reason);
        Assert.Contains(_log.Entries, static entry => entry.Level == LogLevel.Error && entry.Text.Contains("named `policy` too", StringComparison.Ordinal));
    }

    // A folder is swapped behind links, as Kubernetes does it: the links themselves stay as they are.
    [Fact]
    public void File_behind_links_counts_when_what_they_lead_to_is_another()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        string folder = Directory.CreateTempSubdirectory("policylayer-links-").FullName;
        try
        {
            string In(params string[] names) => Path.Combine([folder, .. names]);
            (string Version, string Policy)[] versions = [("1", Two), ("2", Three)];
            foreach ((string version, string policy) in versions)
            {
                Directory.CreateDirectory(In(version));
                File.WriteAllText(In(version, "policy.json"), policy);
            }

            Directory.CreateSymbolicLink(In("data"), "1");
            File.CreateSymbolicLink(In("policy.json"), Path.Combine("data", "policy.json"));
            ToolGuard guard = Start(o => o.AddPolicyFile(In("policy.json"), reloadOnChange: true));
            Assert.False(guard.Decide("u").IsAllowed);
            Directory.CreateSymbolicLink(In("new"), "2");
            File.Delete(In("data"));
            Directory.Move(In("new"), In("data"));
            Look();
            Look();
            Assert.True(guard.Decide("u").IsAllowed);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Options are built twice: for the check at the start, and for the guard.
    [Fact]
    public void File_that_was_checked_at_the_start_is_not_taken_for_a_change()
    {
        _checksAtStart = true;
        ToolGuard guard = Start(o => o.AddPolicyFile(_file.Path, reloadOnChange: true));
        int changes = 0;
        guard.PoliciesChanged += (_, _) => changes++;
        Look();
        Look();
        Look();
        Assert.Equal((0, 1), (changes, _audit.Lines.Count));
    }

    [Fact]
    public void File_that_fails_in_a_way_of_its_own_keeps_no_other_from_being_in_force()
    {
        using var other = new TemporaryFile("1"u8.ToArray(), "other.txt");
        ToolGuard guard = Start(o => o
            .AddPolicyFile(_file.Path, reloadOnChange: true)
            .AddPolicyFile(other.Path, () => File.ReadAllText(other.Path) == "1" ? ToolPolicy.Parse("""{ "version": "1", "default": "allow" }""", "other") : throw new InvalidDataException("secret"), reloadOnChange: true));
        File.WriteAllText(other.Path, "22");
        Change(Three);
        Assert.True(guard.Decide("u").IsAllowed);
        (_, string text) = Assert.Single(_log.Entries, static entry => entry.Level == LogLevel.Error);
        Assert.Contains("InvalidDataException", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
    }

    // A scanner or an editor holds it for a while; to let it go does not change it.
    [Fact]
    public void File_that_cannot_be_read_for_a_while_counts_once_it_can()
    {
        ToolGuard guard = Start(o => o.AddPolicyFile(_file.Path, reloadOnChange: true));
        File.WriteAllText(_file.Path, Three);
        using (new FileStream(_file.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Look();
            Look();
            Look();
            Look();
            Assert.False(guard.Decide("u").IsAllowed);
            Assert.Single(_log.Entries, static entry => entry.Level == LogLevel.Error);
        }

        Look();
        Assert.True(guard.Decide("u").IsAllowed);
    }

    [Fact]
    public void Guard_of_a_part_follows_and_counts_with_the_whole()
    {
        using var other = new TemporaryFile(Encoding.UTF8.GetBytes("""{ "version": "1", "default": "allow" }"""), "other.json");
        ToolGuard whole = Start(o => o.AddPolicyFile(_file.Path, reloadOnChange: true).AddPolicyFile(other.Path, reloadOnChange: true));
        ToolGuard part = whole.ForPolicies(["policy"])!;
        ToolGuard untouched = whole.ForPolicies(["other"])!;
        string? version = untouched.Decide("t").PolicyVersion;
        Assert.Equal((true, true, false), (whole.Decide("t").IsAllowed, part.Decide("t").IsAllowed, whole.Decide("t").IsAllowed));
        int told = _audit.Lines.Count;
        Change(Three);
        Assert.Equal(told + 2, _audit.Lines.Count);
        Assert.Equal((true, true), (part.Decide("u").IsAllowed, part.Decide("t").IsAllowed));
        Assert.False(whole.Decide("t").IsAllowed);
        Assert.Equal(version, untouched.Decide("t").PolicyVersion);
        Assert.Same(part, whole.ForPolicies(["policy"]));
    }

    [Fact]
    public void File_is_read_once_unless_the_host_asks_for_more_and_never_after_the_host_has_ended()
    {
        ToolGuard guard = Start(o => o.AddPolicyFile(_file.Path));
        ToolGuard ended = Start(o => o.AddPolicyFile(_file.Path, reloadOnChange: true));
        _hosts[1].Dispose();
        Change(Three);
        Assert.Equal((false, false), (guard.Decide("u").IsAllowed, ended.Decide("u").IsAllowed));
    }

    public void Dispose()
    {
        _hosts.ForEach(static host => host.Dispose());
        _file.Dispose();
    }

    private ToolGuard Start(Action<ToolPolicyOptions> configure)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_time).AddSingleton<ILogger<ToolGuard>>(_log);
        services.AddToolPolicies(configure).AddAuditSink(_audit);
        ServiceProvider host = services.BuildServiceProvider();
        _hosts.Add(host);
        if (_checksAtStart)
        {
            host.GetRequiredService<IStartupValidator>().Validate();
        }

        return host.GetRequiredService<ToolGuard>();
    }

    private static int Drain(ToolGuard guard)
    {
        int admitted = 0;
        while (guard.Decide("t").IsAllowed)
        {
            admitted++;
        }

        return admitted;
    }

    private void Change(string policy)
    {
        File.WriteAllText(_file.Path, policy);
        Look();
        Look();
    }

    private void Look() => _time.Advance(TimeSpan.FromSeconds(1));
}
