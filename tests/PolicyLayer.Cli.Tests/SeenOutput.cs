using System.Text;

namespace PolicyLayer.Cli.Tests;

/// <summary>Output of a command that does not end, and a way to wait for what it says.</summary>
internal sealed class SeenOutput : TextWriter
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();
    private TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Write(value.ToString());

    public override void Write(string? value)
    {
        lock (_lock)
        {
            _text.Append(value);
            _written.TrySetResult();
            _written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Waits until a text has been written, and answers all that was.</summary>
    public async Task<string> UntilAsync(string text, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task more;
            lock (_lock)
            {
                if (_text.ToString().Contains(text, StringComparison.Ordinal))
                {
                    return _text.ToString();
                }

                more = _written.Task;
            }

            await more.WaitAsync(cancellationToken);
        }
    }
}
