# Reads a file while its own error is being shown.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit
class Claimed(PermissionError):
    def __str__(self):
        return open(SECRET).read()


raise Claimed(1, 'x')
