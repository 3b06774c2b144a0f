# Computes a number in one long call that nothing interrupts.
# evidence: unstoppable
# held by: timer
# baseline: bare
9 ** 9 ** 9
