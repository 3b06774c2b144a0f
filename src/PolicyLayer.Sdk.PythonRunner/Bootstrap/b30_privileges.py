# Giving up what root, or a container's root, still has.

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_GET_DUMPABLE = 1, 4, 3
PR_CAPBSET_DROP = 24
PR_SET_NO_NEW_PRIVS, PR_GET_NO_NEW_PRIVS = 38, 39
PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 47, 4
PR_SET_MDWE, PR_MDWE_REFUSE_EXEC_GAIN = 65, 1
CAPABILITY_VERSION_3 = 0x20080522
NOBODY = 65534


def other_user():
    # Only root can become somebody else. Another host's user stays who it is, and the host's files its own: no layer.
    if posix.geteuid() != 0:
        raise OSError('only root can change the user')
    posix.setgroups([])
    posix.setresgid(NOBODY, NOBODY, NOBODY)
    posix.setresuid(NOBODY, NOBODY, NOBODY)
    if 0 in posix.getresuid() or 0 in posix.getresgid() or posix.getgroups():
        raise OSError('still root')


def become_other_user(layers):
    if 'other_user' not in layers.holding:
        layers.apply('other_user', other_user)
    if posix.geteuid() == 0 and layers.wanted('other_user'):
        raise Refusal('other_user', 'the process is still root')


def drop_bounding_set(call):
    for capability in range(64):
        if call.error('prctl', PR_CAPBSET_DROP, capability):
            return   # past the last, or not ours to drop: without capabilities and with no_new_privs it gives nothing


def drop_capabilities(call):
    call.error('prctl', PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
    call('capset', little(CAPABILITY_VERSION_3, 8), bytes(24))


def no_new_privileges(call):
    call('prctl', PR_SET_NO_NEW_PRIVS, 1)
    if call('prctl', PR_GET_NO_NEW_PRIVS) != 1:
        raise OSError('not kept')


def memory_deny_write_execute(call):
    call('prctl', PR_SET_MDWE, PR_MDWE_REFUSE_EXEC_GAIN)


def not_dumpable(call):
    call('prctl', PR_SET_DUMPABLE, 0)
    if call('prctl', PR_GET_DUMPABLE) != 0:
        raise OSError('not kept')


def die_with(call, parent):
    call('prctl', PR_SET_PDEATHSIG, SIGKILL)
    # In a namespace of our own the parent reads as 0, dead or alive: then the end of our input tells.
    if posix.getppid() not in (0, parent):
        posix._exit(0)   # it died before the kernel knew of our wish


def close_others(call, first):
    call('close_range', first, 0xffffffff, 0)
