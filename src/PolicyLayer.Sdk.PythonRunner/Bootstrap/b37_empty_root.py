# A root directory with nothing in it: read-only, without devices, and the host's tree unmounted behind it.

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REC, MS_PRIVATE = 1, 2, 4, 8, 0x4000, 0x40000
MNT_DETACH = 2
PLACES = ('/tmp', '/run', '/proc', '/dev', '/etc')   # any directory will do: it is covered in our own mount namespace alone


def empty_root(call, layers):
    if 'mount_namespace' not in layers.holding:
        raise OSError('there is no mount namespace to do it in')
    call('mount', 0, b'/', 0, MS_REC | MS_PRIVATE, 0)
    posix.chdir(mount_nothing(call))
    here = b'.'
    call('pivot_root', here, here)
    call('umount2', here, MNT_DETACH)
    posix.chdir('/')
    if posix.listdir('/'):
        raise OSError('the root is not empty')


def mount_nothing(call):
    kind, options = b'tmpfs', b'size=4k,nr_inodes=1,mode=0'
    for place in PLACES:
        if not call.error('mount', kind, place.encode(), kind, MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC, options):
            return place
    raise OSError('an empty file system could not be mounted')
