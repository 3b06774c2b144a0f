# Lists a folder.
# evidence: token
# held by: seccomp, landlock, empty_root, audit
# with: graph
print(list(posix.scandir(LISTED)))
