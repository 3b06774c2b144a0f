# Prints more than the host wants.
# evidence: flood
# held by: output_cap
# baseline: bare
for _ in range(300):
    print('x' * 1000)
