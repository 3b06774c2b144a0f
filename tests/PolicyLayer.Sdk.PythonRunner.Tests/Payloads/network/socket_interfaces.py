# Lists the interfaces by socket.
# evidence: token
# held by: seccomp, network_namespace
# allow: socket
import socket
print(socket.if_nameindex())   # INTERFACE
