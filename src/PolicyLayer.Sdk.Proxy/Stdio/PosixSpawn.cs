using System.Collections;
using System.Runtime.InteropServices;

namespace PolicyLayer.Sdk.Proxy.Stdio;

/// <summary>Starts a program in a session of its own, which the runtime's own way of starting programs cannot do.</summary>
internal static class PosixSpawn
{
    private const short SetDefaultSignals = 0x04;
    private const short SetSignalMask = 0x08;

    /// <summary>More than the structures of any C library take.</summary>
    private const int StructureBytes = 1024;

    private static readonly short NewSession = OperatingSystem.IsLinux() ? (short)0x80 : (short)0x400;

    /// <summary>Starts it with this process's environment, folder and error stream; null when it cannot be.</summary>
    /// <param name="path">The program's path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="output">What it writes.</param>
    /// <returns>The number of the process.</returns>
    public static int? TryStart(string path, IReadOnlyList<string> arguments, SafeHandle input, SafeHandle output)
    {
        // Signals that this process ignores or blocks are none of the program's business.
        byte[] all = new byte[StructureBytes], none = new byte[StructureBytes];
        byte[] attributes = new byte[StructureBytes], actions = new byte[StructureBytes];
        GCHandle pinnedAttributes = GCHandle.Alloc(attributes, GCHandleType.Pinned), pinnedActions = GCHandle.Alloc(actions, GCHandleType.Pinned);
        nint[] argv = ToTexts([path, .. arguments]);
        nint[] environment = ToTexts(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(static one => $"{one.Key}={one.Value}"));
        nint program = Marshal.StringToCoTaskMemUTF8(path);
        nint attributesAt = pinnedAttributes.AddrOfPinnedObject(), actionsAt = pinnedActions.AddrOfPinnedObject();
        bool isMade = false;
        try
        {
            isMade = InitAttributes(attributesAt) == 0 && InitActions(actionsAt) == 0;
            return isMade
                && SetAll(all) == 0
                && SetNone(none) == 0
                && SetFlags(attributesAt, (short)(NewSession | SetDefaultSignals | SetSignalMask)) == 0
                && SetDefault(attributesAt, all) == 0
                && SetMask(attributesAt, none) == 0
                && AddDuplicate(actionsAt, (int)input.DangerousGetHandle(), 0) == 0
                && AddDuplicate(actionsAt, (int)output.DangerousGetHandle(), 1) == 0
                && Spawn(out int id, program, actionsAt, attributesAt, argv, environment) == 0 ? id : null;
        }
        finally
        {
            if (isMade)
            {
                _ = DestroyActions(actionsAt);
                _ = DestroyAttributes(attributesAt);
            }

            pinnedActions.Free();
            pinnedAttributes.Free();
            Array.ForEach([program, .. argv, .. environment], Marshal.FreeCoTaskMem);
            GC.KeepAlive(input);
            GC.KeepAlive(output);
        }
    }

    /// <summary>Texts as C has them, and a null behind the last.</summary>
    private static nint[] ToTexts(IEnumerable<string> texts) => [.. texts.Select(Marshal.StringToCoTaskMemUTF8), 0];

    [DllImport("libc", EntryPoint = "sigfillset")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetAll([In, Out] byte[] signals);

    [DllImport("libc", EntryPoint = "sigemptyset")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetNone([In, Out] byte[] signals);

    [DllImport("libc", EntryPoint = "posix_spawnattr_init")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int InitAttributes(nint attributes);

    [DllImport("libc", EntryPoint = "posix_spawnattr_destroy")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int DestroyAttributes(nint attributes);

    [DllImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetFlags(nint attributes, short flags);

    [DllImport("libc", EntryPoint = "posix_spawnattr_setsigdefault")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetDefault(nint attributes, [In] byte[] signals);

    [DllImport("libc", EntryPoint = "posix_spawnattr_setsigmask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetMask(nint attributes, [In] byte[] signals);

    [DllImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int InitActions(nint actions);

    [DllImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int DestroyActions(nint actions);

    [DllImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int AddDuplicate(nint actions, int from, int to);

    [DllImport("libc", EntryPoint = "posix_spawn")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Spawn(out int id, nint path, nint actions, nint attributes, [In] nint[] arguments, [In] nint[] environment);
}
