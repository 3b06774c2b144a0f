# Moves a file.
# evidence: file
# held by: seccomp, landlock, empty_root, audit
# allow: shutil
import shutil
shutil.move(OWN, OPEN + '/moved')
