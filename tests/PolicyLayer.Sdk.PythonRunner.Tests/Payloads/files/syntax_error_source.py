# Raises a syntax error that names a file of the host.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit
# allow: traceback, linecache
import traceback
try:
    raise SyntaxError('look', (SECRET, 1, 1, None))
except SyntaxError:
    traceback.print_exc()
print(__import__('linecache').getline(SECRET, 1))
