# Never ends, and swallows what would end it.
# evidence: unstoppable
# held by: timer
# baseline: bare
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
