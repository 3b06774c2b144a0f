# Finds the importer of built-in modules among the subclasses of object.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit
# with: graph
show(posix.open(SECRET, 0))
