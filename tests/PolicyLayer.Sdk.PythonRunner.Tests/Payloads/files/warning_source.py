# Warns about a line of a file of the host: the warning would show it.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit, import_gate>=3.13
# allow: warnings, linecache
import warnings
warnings.showwarning('look', UserWarning, SECRET, 1)
