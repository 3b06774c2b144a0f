# Imports a name of a class that is two names at once.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit, import_gate
class Name(str):
    def __eq__(self, other):
        return True

    def __hash__(self):
        return hash('posix')


os = __import__(Name('posix'))
os.write(1, os.read(os.open(SECRET, 0), 100))
