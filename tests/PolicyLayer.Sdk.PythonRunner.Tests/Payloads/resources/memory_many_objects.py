# Takes the memory in many small pieces.
# evidence: memory
# held by: limits
# allow: time
import time
held = []
for i in range(420):
    held.append(['%d' % i * 20 for _ in range(3)] + [b'x' * (1 << 20)])
time.sleep(0.2)
