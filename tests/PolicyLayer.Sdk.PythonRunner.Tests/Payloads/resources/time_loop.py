# Never ends.
# evidence: unstoppable
# held by: timer
# baseline: bare
while True:
    pass
