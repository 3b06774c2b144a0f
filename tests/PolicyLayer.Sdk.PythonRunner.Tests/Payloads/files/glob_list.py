# Lists a folder by glob.
# evidence: token
# held by: seccomp, landlock, empty_root, audit
# allow: glob
import glob
print(glob.glob(LISTED + '/*'))
