# Makes a file by the built-in function.
# evidence: file
# held by: seccomp, landlock, empty_root, audit
open(OPEN + '/made', 'w')
