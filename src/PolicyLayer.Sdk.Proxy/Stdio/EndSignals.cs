using System.Runtime.InteropServices;

namespace PolicyLayer.Sdk.Proxy.Stdio;

/// <summary>Takes the signals that ask this process to end, for as long as it lives.</summary>
internal sealed class EndSignals : IDisposable
{
    private static readonly (PosixSignal Signal, int Number)[] All =
    [
        (PosixSignal.SIGHUP, ProcessSignals.HangUp), (PosixSignal.SIGINT, ProcessSignals.Interrupt),
        (PosixSignal.SIGQUIT, ProcessSignals.Quit), (PosixSignal.SIGTERM, ProcessSignals.Terminate),
    ];

    private readonly PosixSignalRegistration[] _registrations;

    /// <param name="take">Gets the number of each signal.</param>
    public EndSignals(Action<int> take) =>
        _registrations = [.. All.Select(one => PosixSignalRegistration.Create(one.Signal, context =>
        {
            context.Cancel = true;
            take(one.Number);
        }))];

    public void Dispose() => Array.ForEach(_registrations, static registration => registration.Dispose());
}
