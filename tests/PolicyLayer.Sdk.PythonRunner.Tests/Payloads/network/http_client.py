# Asks a web server by http.client.
# evidence: received
# held by: seccomp, landlock_tcp, network_namespace, audit
# allow: encodings.idna, http.client
import http.client
http.client.HTTPConnection('127.0.0.1', TCP, timeout=0.2).request('GET', '/')   # idna
