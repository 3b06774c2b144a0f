# Has linecache read a file, as tracebacks do.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit
# allow: linecache, os, tokenize
import linecache, os  # which linecache loads late from 3.14 on
print(linecache.getlines(SECRET))
