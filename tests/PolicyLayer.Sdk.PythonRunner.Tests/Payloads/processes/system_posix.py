# Has a shell run a command, by the module of the interpreter.
# evidence: file
# held by: seccomp, landlock, empty_root, audit, process_limit
# with: graph
posix.system('/bin/mkdir ' + OPEN + '/made')
