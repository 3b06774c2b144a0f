# Opens a file by pathlib.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit
# allow: pathlib
import pathlib
print(pathlib.Path(SECRET).read_text())
