# Sets the time of a file that everybody may write: Landlock knows no right for it.
# evidence: file
# held by: seccomp, empty_root
# with: native
libc.utimensat(-100, OWN.encode(), None, 0)
