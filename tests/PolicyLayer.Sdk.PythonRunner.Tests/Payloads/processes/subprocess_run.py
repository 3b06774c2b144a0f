# Starts a program by subprocess.
# evidence: file
# held by: seccomp, landlock, empty_root, audit, process_limit, limits
# allow: subprocess, signal
import subprocess
subprocess.run(['/bin/mkdir', OPEN + '/made'])
