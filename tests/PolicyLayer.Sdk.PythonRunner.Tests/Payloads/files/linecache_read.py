# Has linecache read a file, as tracebacks do.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit
# allow: linecache, tokenize
import linecache
print(linecache.getlines(SECRET))
