# Has pickle import a function and call it.
# evidence: file
# held by: seccomp, landlock, empty_root, audit, process_limit
# allow: pickle
import pickle
pickle.loads(b'cposix\nsystem\n(V/bin/mkdir ' + OPEN.encode() + b'/made\ntR.')
