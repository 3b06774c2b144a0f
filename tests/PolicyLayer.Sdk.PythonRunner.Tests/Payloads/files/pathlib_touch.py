# Makes a file by pathlib.
# evidence: file
# held by: seccomp, landlock, empty_root, audit
# allow: pathlib
import pathlib
pathlib.Path(OPEN + '/made').touch()
