# Namespaces: what has no name here cannot be asked for. Root makes them directly, anybody else inside a user namespace.
# The kernel may refuse some of them (a container's filter, AppArmor): the rest is kept, and the report says which.

CLONE_NEWUSER, CLONE_NEWUTS, CLONE_NEWTIME = 0x10000000, 0x04000000, 0x00000080
NAMESPACES = (
    ('mount_namespace', 0x00020000),
    ('pid_namespace', 0x20000000),
    ('network_namespace', 0x40000000),
    ('ipc_namespace', 0x08000000),
    ('uts_namespace', CLONE_NEWUTS),
    ('cgroup_namespace', 0x02000000),
)


def enter_namespaces(layers, call):
    if not may_make_namespaces(layers, call):
        # The user namespace maps the user we are, so we stop being root before.
        if posix.geteuid() == 0:
            layers.apply('other_user', other_user)
        layers.apply('user_namespace', user_namespace, call)
    for layer, flag in NAMESPACES:
        layers.apply(layer, call, 'unshare', flag)


def may_make_namespaces(layers, call):
    # Asked by making one that does no harm: the host's name, or where a test goes without that, its clocks.
    harmless = CLONE_NEWUTS if layers.wanted('uts_namespace') else CLONE_NEWTIME
    return posix.geteuid() == 0 and call.error('unshare', harmless) == 0


def user_namespace(call):
    user, group = posix.geteuid(), posix.getegid()
    call('prctl', PR_SET_DUMPABLE, 1)   # a change of user took it, and /proc/self would be root's
    call('unshare', CLONE_NEWUSER)
    # Ubuntu 24.04 answers 0 above and refuses the map: only the map counts.
    for name, content in (('setgroups', b'deny'), ('uid_map', b'%d %d 1' % (NOBODY, user)), ('gid_map', b'%d %d 1' % (NOBODY, group))):
        descriptor = posix.open('/proc/self/' + name, posix.O_WRONLY)
        try:
            posix.write(descriptor, content)
        finally:
            posix.close(descriptor)
    if posix.geteuid() != NOBODY or posix.getegid() != NOBODY:
        raise OSError('the kernel kept another map')
