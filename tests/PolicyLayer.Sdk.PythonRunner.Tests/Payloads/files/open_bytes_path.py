# Opens a file by a path of bytes.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit
print(open(SECRET.encode(), 'rb').read())
