# Ends in an error whose text is too long.
# evidence: flood
# held by: output_cap
# baseline: bare
raise ValueError('x' * 300000)
