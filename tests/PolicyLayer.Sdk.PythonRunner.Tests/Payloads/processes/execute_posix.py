# Becomes another program, by the module of the interpreter.
# evidence: file
# held by: seccomp, landlock, empty_root, audit
# with: graph
posix.execv('/bin/mkdir', ['mkdir', OPEN + '/made'])
