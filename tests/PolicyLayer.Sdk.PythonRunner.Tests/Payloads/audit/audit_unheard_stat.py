# Asks for a file by a call that no audit event is raised for.
# evidence: token
# held by: seccomp, empty_root
# with: graph
print(int(posix.stat(SECRET).st_mtime))
