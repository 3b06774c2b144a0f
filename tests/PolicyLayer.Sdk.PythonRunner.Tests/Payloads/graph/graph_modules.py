# Takes what it wants from sys.modules.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit
# with: graph
print(sys.modules['_io'].open(SECRET).read())
