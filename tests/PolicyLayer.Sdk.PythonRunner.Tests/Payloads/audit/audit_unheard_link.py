# Reads a link by a call that no audit event is raised for.
# evidence: token
# held by: seccomp, empty_root
# with: graph
print(posix.readlink(LINK))
