# Makes a named pipe by a call that no audit event is raised for.
# evidence: file
# held by: seccomp, landlock, empty_root
# with: graph
posix.mkfifo(OPEN + '/made')
