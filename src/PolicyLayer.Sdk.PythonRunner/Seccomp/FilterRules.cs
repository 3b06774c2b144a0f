namespace PolicyLayer.Sdk.Python.Seccomp;

/// <summary>What each of the two processes may ask of the kernel.</summary>
internal static class FilterRules
{
    private const uint ProtectionReadWrite = 0x1 | 0x2;
    private const uint MapAnonymous = 0x20;

    // private, fixed, anonymous, no reserve, stack: what malloc and Python's own arenas ask for; neither shared nor huge
    private const uint MapFlags = 0x02 | 0x10 | MapAnonymous | 0x4000 | 0x20000;

    // Among the threads of one process. Without it a word of a library's file, which every run has mapped, would let runs
    // wake each other, and anything else that waits on it.
    private const uint FutexPrivate = 0x80;
    private const uint FutexModifiers = FutexPrivate | 0x100;

    // The clocks of the machine and of the caller. A negative number names the CPU clock of any process, with no
    // check of rights: it would tell which processes there are and how hard the host works.
    private const uint Clocks = 0xF;

    /// <summary>Memory, clocks, random bytes, signal handling, leaving: what any Python needs to compute.</summary>
    private static SystemCallRule[] Common { get; } =
    [
        new("mmap", ArgumentTest.OnlyBits(2, ProtectionReadWrite), ArgumentTest.OnlyBits(3, MapFlags), ArgumentTest.HasBit(3, MapAnonymous)),
        new("munmap"),
        new("brk"),
        new("mremap"),
        new("mprotect", ArgumentTest.OnlyBits(2, ProtectionReadWrite)),
        new("madvise", ArgumentTest.OneOf(2, 4, 8)),
        new("futex", ArgumentTest.HasBit(1, FutexPrivate), ArgumentTest.OneOf(1, 0, 1, 9, 10) with { IgnoredBits = FutexModifiers }),
        new("clock_gettime", ArgumentTest.OnlyBits(0, Clocks)),
        new("clock_getres", ArgumentTest.OnlyBits(0, Clocks)),
        new("gettimeofday"),
        new("time"),
        new("clock_nanosleep", ArgumentTest.OnlyBits(0, Clocks)),
        new("nanosleep"),
        new("getrandom"),
        new("getpid"),
        new("gettid"),
        new("sched_yield"),
        new("rt_sigaction"),
        new("rt_sigprocmask"),
        new("rt_sigreturn"),
        new("sigaltstack"),
        new("restart_syscall"),
        new("close"),
        new("exit"),
        new("exit_group"),
    ];

    /// <summary>The process that runs the code: reads its input, writes its two outputs.</summary>
    public static IReadOnlyList<SystemCallRule> Worker { get; } =
    [
        new("write", ArgumentTest.OneOf(0, 1, 2)),
        new("read", ArgumentTest.OneOf(0, 0)),
        new("select", ArgumentTest.OneOf(0, 0)),
        new("pselect6", ArgumentTest.OneOf(0, 0)),
        .. Common,
    ];

    /// <summary>The supervisor: its host on 0 and 1, the worker's process on 3, its pipes on 4, 5 and 6.</summary>
    public static IReadOnlyList<SystemCallRule> Supervisor { get; } =
    [
        new("read", ArgumentTest.OneOf(0, 0, 5, 6)),
        new("write", ArgumentTest.OneOf(0, 1, 2, 4)),
        new("poll"),
        new("ppoll"),
        new("wait4"),
        new("pidfd_send_signal", ArgumentTest.OneOf(0, 3), ArgumentTest.OneOf(1, 9, 14)),
        .. Common,
    ];

    /// <summary>Calls that no program run here has a use for and an exploit has: asking ends the process.</summary>
    public static IReadOnlyList<string> Deadly { get; } =
    [
        "ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "process_mrelease", "kcmp", "pidfd_getfd",
        "bpf", "userfaultfd", "perf_event_open", "io_uring_setup", "io_uring_enter", "io_uring_register",
        "keyctl", "add_key", "request_key",
        "mount", "umount2", "pivot_root", "move_mount", "open_tree", "open_tree_attr", "fsopen", "fsconfig", "fsmount",
        "fspick", "mount_setattr", "statmount", "listmount", "setns", "unshare", "chroot",
        "kexec_load", "kexec_file_load", "init_module", "finit_module", "delete_module", "create_module",
        "get_kernel_syms", "query_module", "reboot", "swapon", "swapoff", "acct", "quotactl", "quotactl_fd", "nfsservctl",
        "name_to_handle_at", "open_by_handle_at", "lookup_dcookie", "fanotify_init", "fanotify_mark",
        "iopl", "ioperm", "modify_ldt", "personality", "uselib", "_sysctl", "vhangup", "syslog",
        "sethostname", "setdomainname", "settimeofday", "clock_settime", "adjtimex", "clock_adjtime",
        "remap_file_pages", "mbind", "migrate_pages", "move_pages", "set_mempolicy", "set_mempolicy_home_node",
        "memfd_secret", "vmsplice", "map_shadow_stack", "lsm_get_self_attr", "lsm_set_self_attr", "lsm_list_modules",
    ];
}
