# Logs to a file.
# evidence: file
# held by: seccomp, landlock, empty_root, audit
# allow: logging
import logging
logging.FileHandler(OPEN + '/made')
