# Asks sys for the frames.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit
# with: graph
frame = sys._getframe()
names = set()
while frame:
    names.update(frame.f_code.co_varnames)
    frame = frame.f_back
print(sorted(names))
show(posix.open(SECRET, 0))
