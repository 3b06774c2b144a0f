# Hands print an object whose write method does something else.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit
class Sink:
    def write(self, text):
        raise RuntimeError(open(SECRET).read())


print('x', file=Sink())
