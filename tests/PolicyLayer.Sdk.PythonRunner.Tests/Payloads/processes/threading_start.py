# Starts a thread by threading.
# evidence: process
# held by: seccomp, process_limit, audit>=3.12
# allow: threading, time
import threading, time
threading.Thread(target=time.sleep, args=(0.3,)).start()
time.sleep(0.2)
