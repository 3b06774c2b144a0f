# Ignores every signal that can be ignored.
# evidence: unstoppable
# held by: timer
# with: graph
# baseline: bare
signal = importer.load_module('_signal')
for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
while True:
    pass
