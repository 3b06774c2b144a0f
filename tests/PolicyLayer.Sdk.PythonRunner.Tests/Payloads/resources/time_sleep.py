# Sleeps.
# evidence: unstoppable
# held by: timer
# allow: time
# baseline: bare
import time
time.sleep(100)
