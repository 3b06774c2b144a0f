# The filters are written by the host as finished BPF; here they are only handed to the kernel.

SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC = 1, 1


def seccomp(call, program):
    header = little(len(program) // 8, 8) + address_of(program)
    blocked_thread = call('seccomp', SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, header)
    if blocked_thread:
        raise OSError('a thread could not be brought under the filter')


def self_test(call):
    # The kernel's own word that the filter is in force: each of these must be refused, and refused by the filter.
    path = b'/'
    attempts = (
        ('openat', -100, path, 0, 0),
        ('socket', 1, 1, 0),
        ('clone', 17, 0, 0, 0, 0),
        ('write', 3, path, 1),
    )
    for name, *arguments in attempts:
        error = call.error(name, *arguments)
        if error != EPERM:
            # A clone that worked has two of us here: neither may go on.
            raise Refusal('self_test', '%s was answered with %d' % (name, error))
