# Takes more memory than it may.
# evidence: memory
# held by: limits
# allow: time
import time
held = [b'x' * (100 << 20) for _ in range(4)]
time.sleep(0.2)
