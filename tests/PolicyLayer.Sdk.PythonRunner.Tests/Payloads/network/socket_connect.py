# Connects by socket.
# evidence: received
# held by: seccomp, landlock_tcp, network_namespace, audit
# allow: encodings.idna, socket
import socket
socket.create_connection(('127.0.0.1', TCP))   # idna
