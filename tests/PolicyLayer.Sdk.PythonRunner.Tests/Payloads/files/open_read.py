# Opens a file by the built-in function.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit
print(open(SECRET).read())
