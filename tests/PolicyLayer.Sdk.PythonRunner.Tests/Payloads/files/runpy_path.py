# Runs a file of the host and reads the error.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit
# allow: runpy, pkgutil
import runpy
runpy.run_path(SECRET)
