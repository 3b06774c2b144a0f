# Sends a datagram by socket.
# evidence: received
# held by: seccomp, network_namespace, audit
# allow: socket
import socket
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', UDP))
