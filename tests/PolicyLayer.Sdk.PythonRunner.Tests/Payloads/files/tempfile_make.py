# Makes a temporary folder.
# evidence: file
# held by: seccomp, landlock, empty_root, audit
# allow: tempfile
import tempfile
tempfile.mkdtemp(dir=OPEN)
