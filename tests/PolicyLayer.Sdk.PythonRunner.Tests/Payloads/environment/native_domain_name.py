# Changes the domain name of the machine.
# evidence: file
# held by: seccomp, uts_namespace, other_user, capabilities
# with: native
# needs: root
# enclosure: uts
libc.setdomainname(b'taken', 5)
