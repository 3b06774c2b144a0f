# Asks which kernel runs by a call that no audit event is raised for.
# evidence: token
# held by: seccomp
# with: graph
print(posix.uname())   # RELEASE
