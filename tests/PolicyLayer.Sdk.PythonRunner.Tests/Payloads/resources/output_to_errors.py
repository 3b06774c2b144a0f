# Writes too much to standard error.
# evidence: flood
# held by: output_cap
# with: graph
# baseline: bare
for _ in range(300):
    posix.write(2, b'x' * 1000)
