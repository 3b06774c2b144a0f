# Raises an error in code that claims to come from a file of the host: the traceback would show its line.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit
# allow: traceback
import traceback
try:
    exec(compile('1 / 0', SECRET, 'exec'))
except ZeroDivisionError:
    traceback.print_exc()
