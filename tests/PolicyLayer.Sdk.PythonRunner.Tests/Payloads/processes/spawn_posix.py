# Starts a program by posix_spawn, by the module of the interpreter.
# evidence: file
# held by: seccomp, landlock, empty_root, audit, process_limit
# with: graph
posix.waitpid(posix.posix_spawn('/bin/mkdir', ['mkdir', OPEN + '/made'], {}), 0)
