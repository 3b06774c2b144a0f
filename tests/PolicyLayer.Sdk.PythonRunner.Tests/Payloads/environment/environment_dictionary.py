# Reads the environment that the interpreter was started with.
# evidence: token
# held by: environment
# with: graph
# baseline: bare
print(ENVIRONMENT, posix.environ)
