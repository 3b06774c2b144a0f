# Changes the permissions of a file: Landlock knows no right for it.
# evidence: file
# held by: seccomp, empty_root, other_user
# with: native
libc.chmod(OWN.encode(), 0o600)
