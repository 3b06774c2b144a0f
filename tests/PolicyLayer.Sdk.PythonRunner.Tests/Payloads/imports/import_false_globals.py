# Imports with globals that claim to be those of the library.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit, import_gate
class Claim(dict):
    pass


os = __import__('posix', Claim(__name__='codecs'), None, ('open',), 0)
os.write(1, os.read(os.open(SECRET, 0), 100))
