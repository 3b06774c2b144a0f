# Forks by the module of the interpreter.
# evidence: process
# held by: seccomp, process_limit, audit
# with: graph
if not posix.fork():
    posix.wait3 and importer.load_module('time').sleep(0.3)
    posix._exit(0)
posix.waitpid(-1, 0)
