namespace PolicyLayer.Sdk.Python.Seccomp;

/// <summary>System call numbers, <c>name:number</c>. A call that an architecture lacks is not in its list.</summary>
internal static class SystemCallNumbers
{
    public const string X64 = """
        read:0 write:1 close:3 mmap:9 mprotect:10 munmap:11 brk:12 madvise:28 mremap:25 futex:202 select:23
        pselect6:270 poll:7 ppoll:271 clock_gettime:228 clock_getres:229 gettimeofday:96 time:201 clock_nanosleep:230
        nanosleep:35 getrandom:318 getpid:39 gettid:186 sched_yield:24 rt_sigaction:13 rt_sigprocmask:14
        rt_sigreturn:15 sigaltstack:131 restart_syscall:219 exit:60 exit_group:231 clone:56 clone3:435 wait4:61
        pidfd_send_signal:424 pidfd_open:434 close_range:436 prctl:157 seccomp:317 landlock_create_ruleset:444
        landlock_add_rule:445 landlock_restrict_self:446 capset:126 openat:257 socket:41 ptrace:101
        process_vm_readv:310 process_vm_writev:311 process_madvise:440 process_mrelease:448 kcmp:312 pidfd_getfd:438
        bpf:321 userfaultfd:323 perf_event_open:298 keyctl:250 add_key:248 request_key:249 io_uring_setup:425
        io_uring_enter:426 io_uring_register:427 mount:165 umount2:166 pivot_root:155 move_mount:429 open_tree:428
        open_tree_attr:467 fsopen:430 fsconfig:431 fsmount:432 fspick:433 mount_setattr:442 statmount:457
        listmount:458 setns:308 unshare:272 chroot:161 swapon:167 swapoff:168 reboot:169 kexec_load:246
        kexec_file_load:320 init_module:175 finit_module:313 delete_module:176 create_module:174 get_kernel_syms:177
        query_module:178 sethostname:170 setdomainname:171 acct:163 quotactl:179 quotactl_fd:443 nfsservctl:180
        open_by_handle_at:304 name_to_handle_at:303 lookup_dcookie:212 iopl:172 ioperm:173 modify_ldt:154
        personality:135 settimeofday:164 clock_settime:227 adjtimex:159 clock_adjtime:305 syslog:103 vhangup:153
        uselib:134 _sysctl:156 remap_file_pages:216 migrate_pages:256 move_pages:279 mbind:237 set_mempolicy:238
        set_mempolicy_home_node:450 memfd_secret:447 vmsplice:278 fanotify_init:300 fanotify_mark:301
        map_shadow_stack:453 lsm_get_self_attr:459 lsm_set_self_attr:460 lsm_list_modules:461
        """;

    public const string Arm64 = """
        read:63 write:64 close:57 mmap:222 mprotect:226 munmap:215 brk:214 madvise:233 mremap:216 futex:98 pselect6:72
        ppoll:73 clock_gettime:113 clock_getres:114 gettimeofday:169 clock_nanosleep:115 nanosleep:101 getrandom:278
        getpid:172 gettid:178 sched_yield:124 rt_sigaction:134 rt_sigprocmask:135 rt_sigreturn:139 sigaltstack:132
        restart_syscall:128 exit:93 exit_group:94 clone:220 clone3:435 wait4:260 pidfd_send_signal:424 pidfd_open:434
        close_range:436 prctl:167 seccomp:277 landlock_create_ruleset:444 landlock_add_rule:445
        landlock_restrict_self:446 capset:91 openat:56 socket:198 ptrace:117 process_vm_readv:270
        process_vm_writev:271 process_madvise:440 process_mrelease:448 kcmp:272 pidfd_getfd:438 bpf:280
        userfaultfd:282 perf_event_open:241 keyctl:219 add_key:217 request_key:218 io_uring_setup:425
        io_uring_enter:426 io_uring_register:427 mount:40 umount2:39 pivot_root:41 move_mount:429 open_tree:428
        open_tree_attr:467 fsopen:430 fsconfig:431 fsmount:432 fspick:433 mount_setattr:442 statmount:457
        listmount:458 setns:268 unshare:97 chroot:51 swapon:224 swapoff:225 reboot:142 kexec_load:104
        kexec_file_load:294 init_module:105 finit_module:273 delete_module:106 sethostname:161 setdomainname:162
        acct:89 quotactl:60 quotactl_fd:443 nfsservctl:42 open_by_handle_at:265 name_to_handle_at:264
        lookup_dcookie:18 personality:92 settimeofday:170 clock_settime:112 adjtimex:171 clock_adjtime:266 syslog:116
        vhangup:58 remap_file_pages:234 migrate_pages:238 move_pages:239 mbind:235 set_mempolicy:237
        set_mempolicy_home_node:450 memfd_secret:447 vmsplice:75 fanotify_init:262 fanotify_mark:263
        map_shadow_stack:453 lsm_get_self_attr:459 lsm_set_self_attr:460 lsm_list_modules:461
        """;
}
