# Asks for the frames of all threads.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit
# with: graph
frame = list(sys._current_frames().values())[0]
print(frame.f_builtins['open'](SECRET).read())
