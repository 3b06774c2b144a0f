# Starts a program by os.popen.
# evidence: file
# held by: seccomp, landlock, empty_root, audit, process_limit, limits
# allow: os, subprocess
import os
os.popen('/bin/mkdir ' + OPEN + '/made').read()
