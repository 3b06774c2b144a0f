# Sets a trace function and collects the frames that pass.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit
# with: graph
frames = []
sys.settrace(lambda frame, event, argument: frames.append(frame))
(lambda: 0)()
sys.settrace(None)
print(frames[0].f_back.f_builtins['open'](SECRET).read())
