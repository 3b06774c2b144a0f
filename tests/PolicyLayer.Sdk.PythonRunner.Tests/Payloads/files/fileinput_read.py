# Reads lines by fileinput.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit
# allow: fileinput
import fileinput
print(list(fileinput.input(SECRET)))
