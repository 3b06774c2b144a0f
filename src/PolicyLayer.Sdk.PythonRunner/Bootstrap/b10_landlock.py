# Landlock with every right this kernel knows and not one rule: whatever it can deny, it denies.

FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}   # ABI -> how many of the file system's right bits exist
NETWORK_RIGHTS = 0b11                               # bind and connect of TCP, since ABI 4
SCOPES = 0b11                                       # abstract unix sockets and signals, since ABI 6


def landlock_abi(call):
    return call('landlock_create_ruleset', 0, 0, 1)


def landlock(call):
    abi = landlock_abi(call)
    rights = little((1 << FILE_RIGHTS[min(abi, 5)]) - 1, 8)
    if abi >= 4:
        rights += little(NETWORK_RIGHTS, 8)
    if abi >= 6:
        rights += little(SCOPES, 8)
    ruleset = call('landlock_create_ruleset', rights, len(rights), 0)
    try:
        call('landlock_restrict_self', ruleset, 0)
    finally:
        posix.close(ruleset)
    if call.error('openat', -100, b'/', 0, 0) != EACCES:
        raise OSError('the kernel took the rules and still opens /')


def landlock_gaps(call):
    abi = landlock_abi(call)
    return [name for name, since in (('landlock_tcp', 4), ('landlock_scopes', 6)) if abi < since]
