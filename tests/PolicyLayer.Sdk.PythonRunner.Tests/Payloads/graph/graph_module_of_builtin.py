# Takes open from the module that print belongs to.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit
print(getattr(print.__self__, 'op' + 'en')(SECRET).read())
