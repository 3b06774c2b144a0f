using System.Buffers.Binary;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using PolicyLayer.Sdk.Python.Execution;
using PolicyLayer.Sdk.Python.Protocol;

namespace PolicyLayer.Sdk.Python.Tests.Protocol;

/// <summary>What the host makes of bytes that a supervisor might write, a broken one included.</summary>
public sealed class FrameProperties
{
    private const int Limit = 64;

    private const string Layers =
        "closed_descriptors,no_new_privileges,capabilities,limits,not_dumpable,parent_death_signal,seccomp,self_test,landlock,landlock_worker";

    private static readonly string[] Contents =
    [
        "", "x", "=", "\n\n", "why", "layers=\nmissing=\n", $"layers={Layers}\nmissing=\n", "layers=seccomp,landlock\nmissing=x\n", "layer=a\nreason=b\n",
        "why=exited\ncode=0\nsignal=0\nwall_us=5\ncpu_us=1\npeak_kb=1\nstdout_truncated=0\nstderr_truncated=0\n",
        "why=timeout\ncode=99999999999999999999\nsignal=0\nwall_us=5\nstdout_truncated=0\nstderr_truncated=0\n",
        "why=exited\ncode=0\nsignal=200\nwall_us=9223372036854775807\nstdout_truncated=1\nstderr_truncated=1\n",
        new string('y', 200), "\uD83D\uDE00\uFFFD",
    ];

    private static readonly Gen<(char Kind, byte[] Content)> Frames =
        from kind in Gen.Frequency((5, Gen.Elements('r', 'o', 'e', 'x', 'n')), (1, Gen.Elements('q', '\0', 'R')))
        from content in Gen.OneOf(Gen.Elements(Contents).Select(Encoding.UTF8.GetBytes), Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf())
        select (kind, content);

    private static readonly Gen<byte[]> Talks = Frames.ListOf().Select(frames => frames.SelectMany(Encode).ToArray());

    [Fact]
    public void Frames_are_the_same_however_the_pipe_cuts_them() =>
        Prop.ForAll(Talks.ToArbitrary(), Gen.Choose(1, 9).ToArbitrary(), static (bytes, piece) =>
            Read(new MemoryStream(bytes)) == Read(new InPieces(bytes, piece))).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Any_talk_is_a_result_or_an_error_and_never_more_than_allowed() =>
        Prop.ForAll(Talks.ToArbitrary(), static bytes => IsSound(bytes)).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    [Fact]
    public void Good_talk_with_one_byte_changed_is_a_result_or_an_error() =>
        Prop.ForAll(Gen.Choose(0, 10_000).ToArbitrary(), Gen.Choose(1, 255).ToArbitrary(), static (at, change) =>
        {
            byte[] bytes = [.. Encode(('r', Encoding.UTF8.GetBytes(Contents[6]))), .. Encode(('o', "hello"u8.ToArray())), .. Encode(('x', Encoding.UTF8.GetBytes(Contents[9])))];
            bytes[at % bytes.Length] ^= (byte)change;
            return IsSound(bytes);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    private static byte[] Encode((char Kind, byte[] Content) frame)
    {
        var bytes = new byte[5 + frame.Content.Length];
        bytes[0] = (byte)frame.Kind;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(1), frame.Content.Length);
        frame.Content.CopyTo(bytes, 5);
        return bytes;
    }

    /// <summary>Whatever comes, there is an answer or an error; nothing runs below the level, and no output passes its limit.</summary>
    private static bool IsSound(byte[] bytes)
    {
        var collector = new RunCollector(RunnerSettings.From(new PythonRunnerOptions { MaxStdoutBytes = Limit, MaxStderrBytes = Limit }));
        var frames = new FrameReader(new MemoryStream(bytes));
        try
        {
            while (Next(frames) is { } frame)
            {
                if (collector.Take(frame) is { } result)
                {
                    bool ran = result.Outcome is not (PythonOutcome.Unavailable or PythonOutcome.Refused);
                    return ran == collector.IsRunning && (!ran || result.Isolation.Level >= IsolationLevel.Kernel)
                        && result.ReturnCode is >= -1 and <= 255 && result.Stdout.Length <= Limit && result.Stderr.Length <= Limit;
                }
            }

            return true;
        }
        catch (InvalidDataException)
        {
            return true;
        }
    }

    private static string Read(Stream stream)
    {
        var frames = new FrameReader(stream);
        var text = new StringBuilder();
        try
        {
            while (Next(frames) is { } frame)
            {
                text.Append((char)frame.Kind).Append(Convert.ToHexString(frame.Content.Span)).Append(' ');
            }
        }
        catch (InvalidDataException e)
        {
            text.Append(e.Message);
        }

        return text.ToString();
    }

    private static Frame? Next(FrameReader frames) => frames.ReadAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();

    /// <summary>A pipe that hands over a few bytes at a time.</summary>
    private sealed class InPieces(byte[] bytes, int most) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(most, buffer.Length)], cancellationToken);
    }
}
