using System.Runtime.InteropServices;

namespace PolicyLayer.Sdk.Python.Tests.Matrix;

/// <summary>The few calls of the C library that plant what .NET cannot plant.</summary>
internal static class Native
{
    public const int CreateNew = 0x200 | 0x400;
    public const int Remove = 0;

    /// <summary>The result of a call that must not fail: a plant that is not there would make every payload look blocked.</summary>
    public static T Must<T>(T result)
        where T : System.Numerics.ISignedNumber<T> =>
        T.IsNegative(result) ? throw new InvalidOperationException($"what a payload is to find could not be made: error {Marshal.GetLastPInvokeError()}") : result;

    [DllImport("libc", EntryPoint = "open", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true, SetLastError = true)]
    public static extern int Open(string path, int flags);

    [DllImport("libc", EntryPoint = "setxattr", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true, SetLastError = true)]
    public static extern int SetAttribute(string path, string name, byte[] value, nint size, int flags);

    [DllImport("libc", EntryPoint = "getxattr", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true, SetLastError = true)]
    public static extern nint GetAttribute(string path, string name, byte[]? value, nint size);

    [DllImport("libc", EntryPoint = "shmget", SetLastError = true)]
    public static extern int SharedMemory(int key, nint size, int flags);

    [DllImport("libc", EntryPoint = "shmat", SetLastError = true)]
    public static extern nint Attach(int id, nint address, int flags);

    [DllImport("libc", EntryPoint = "shmdt", SetLastError = true)]
    public static extern int Detach(nint address);

    [DllImport("libc", EntryPoint = "shmctl", SetLastError = true)]
    public static extern int SharedMemoryControl(int id, int command, nint buffer);

    [DllImport("libc", EntryPoint = "msgget", SetLastError = true)]
    public static extern int Queue(int key, int flags);

    [DllImport("libc", EntryPoint = "msgsnd", SetLastError = true)]
    public static extern int Send(int id, byte[] message, nint size, int flags);

    [DllImport("libc", EntryPoint = "msgctl", SetLastError = true)]
    public static extern int QueueControl(int id, int command, nint buffer);

    /// <summary>add_key(2) of a key of the kind `user`, into the keyring of the user that asks.</summary>
    public static bool TryAddKey(string name, byte[] content) =>
        AddKey(RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 248 : 217, "user", name, content, content.Length, -4) >= 0;

    /// <summary>Which version of Landlock this kernel has; less than 1 for none.</summary>
    public static int LandlockVersion() => (int)LandlockRuleset(444, 0, 0, 1);

    [DllImport("libc", EntryPoint = "prctl", SetLastError = true)]
    public static extern int ProcessControl(int option, nuint a, nuint b, nuint c, nuint d);

    [DllImport("libc", EntryPoint = "umount2", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    public static extern int Unmount(string path, int flags);

    [DllImport("libc", EntryPoint = "syscall", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true, SetLastError = true)]
    private static extern nint AddKey(nint number, string kind, string name, byte[] content, nint size, nint ring);

    [DllImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static extern nint LandlockRuleset(nint number, nint attributes, nint size, nint flags);
}
