using PolicyLayer.Sdk.Python.Seccomp;
using PolicyLayer.Sdk.Python.Tests.Support;

namespace PolicyLayer.Sdk.Python.Tests.Protocol;

/// <summary>Messages to the supervisor that are not as they should be: refused or ended, and the code is never run.</summary>
public sealed class SupervisorInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Right_message_runs()
    {
        SupervisorTalk talk = await SupervisorTalk.StartAsync();

        (string output, int code) = await talk.SayAsync(talk.Lock(), SupervisorTalk.Run(), hangUp: false);

        Assert.Contains("ran\n", output, StringComparison.Ordinal);
        Assert.Contains("why=exited\ncode=0\n", output, StringComparison.Ordinal);
        Assert.Equal(0, code);
    }

    [Fact]
    public async Task Message_that_is_cut_off_anywhere_runs_nothing()
    {
        SupervisorTalk talk = await SupervisorTalk.StartAsync();
        (byte[] first, byte[] second) = (talk.Lock(), SupervisorTalk.Run());
        int size = first.Length + second.Length;
        int configuration = 8 + talk.Magic.Length + talk.Program.Length;
        var random = new Random(20261125);
        int[] places =
        [
            0, 1, 3, 4, 5, 8, 4 + talk.Magic.Length, configuration, configuration + 3, configuration + 4, first.Length - 1,
            .. Enumerable.Range(first.Length, second.Length), .. Enumerable.Range(0, 20).Select(_ => random.Next(first.Length)),
        ];

        await Parallel.ForEachAsync(places, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (place, _) =>
        {
            (string output, int _) = await talk.SayAsync(first[..Math.Min(place, first.Length)], second[..Math.Max(0, place - first.Length)], hangUp: true);
            Assert.DoesNotContain("ran\n", output, StringComparison.Ordinal);
            Assert.DoesNotContain("why=", output, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("memory=268435456", "memory=lots")]
    [InlineData("cpu_seconds=6", "")]
    [InlineData("cpu_seconds=6\n", "cpu_seconds\n")]
    [InlineData("worker_filter=", "worker_filter=0")]
    [InlineData("numbers=", "numbers=prctl,")]
    public async Task Configuration_with_a_fault_runs_nothing(string good, string bad)
    {
        SupervisorTalk talk = await SupervisorTalk.StartAsync();
        string configuration = talk.Configuration();
        Assert.Contains(good, configuration, StringComparison.Ordinal);

        (string output, int _) = await talk.SayAsync(talk.Lock(configuration.Replace(good, bad, StringComparison.Ordinal)), SupervisorTalk.Run(), hangUp: true);

        Assert.DoesNotContain("ran\n", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("nan")]
    [InlineData("inf")]
    [InlineData("1e9")]
    public async Task Time_that_is_none_runs_nothing(string timeout)
    {
        SupervisorTalk talk = await SupervisorTalk.StartAsync();

        (string output, int _) = await talk.SayAsync(talk.Lock(), SupervisorTalk.Run(timeout), hangUp: false);

        Assert.DoesNotContain("ran\n", output, StringComparison.Ordinal);
    }

    /// <summary>The host refuses it before; a compiler that stops at a NUL would run half of it.</summary>
    [Fact]
    public async Task Code_with_a_nul_runs_nothing()
    {
        SupervisorTalk talk = await SupervisorTalk.StartAsync();

        (string output, int _) = await talk.SayAsync(talk.Lock(), SupervisorTalk.Run(code: "print('ran')\n\0"), hangUp: false);

        Assert.DoesNotContain("ran\n", output, StringComparison.Ordinal);
        Assert.Contains("null bytes", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_of_another_interpreter_run_nothing()
    {
        SupervisorTalk talk = await SupervisorTalk.StartAsync();

        (string output, int code) = await talk.SayAsync([.. SupervisorTalk.Field("x\r\r\n"), .. talk.Lock()[8..]], SupervisorTalk.Run(), hangUp: true);

        Assert.Equal(("", 86), (output, code));
    }

    /// <summary>A filter that the kernel takes and that lets everything through: the self-test alone sees it.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Filter_that_holds_nothing_is_seen_by_the_self_test(bool withoutSelfTest)
    {
        SupervisorTalk talk = await SupervisorTalk.StartAsync();
        await File.WriteAllTextAsync(_folder["secret"], "the secret", TestContext.Current.CancellationToken);
        string open = Convert.ToHexStringLower(BpfAssembler.Encode([new BpfInstruction(BpfInstruction.Return, 0, 0, SeccompAnswer.Allow)]));
        string[] others = ["landlock", "mount_namespace", "empty_root", "audit", "import_gate", .. withoutSelfTest ? ["self_test"] : Array.Empty<string>()];
        IEnumerable<string> lines = talk.Configuration(others).Split('\n').Select(line => line.StartsWith("worker_filter=", StringComparison.Ordinal) ? "worker_filter=" + open : line);

        (string output, int _) = await talk.SayAsync(talk.Lock(string.Join('\n', lines)), SupervisorTalk.Run(code: $"print(open('{_folder["secret"]}').read())"), hangUp: false);

        Assert.Equal(withoutSelfTest, output.Contains("the secret", StringComparison.Ordinal));
        Assert.Equal(!withoutSelfTest, output.Contains("layer=self_test", StringComparison.Ordinal));
    }
}
