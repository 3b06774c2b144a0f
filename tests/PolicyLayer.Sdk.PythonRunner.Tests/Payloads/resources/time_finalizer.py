# Hangs in a finalizer when it is done.
# evidence: unstoppable
# held by: timer
# baseline: bare
class Last:
    def __del__(self):
        while True:
            pass


last = Last()
last = None
