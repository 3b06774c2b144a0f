# Writes too much by native code.
# evidence: flood
# held by: output_cap
# with: native
# baseline: bare
for _ in range(300):
    libc.write(1, b'x' * 1000, 1000)
