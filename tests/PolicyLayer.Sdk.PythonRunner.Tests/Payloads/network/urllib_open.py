# Opens an address by urllib.
# evidence: received
# held by: seccomp, landlock_tcp, network_namespace, audit
# allow: encodings.idna, urllib.request, http.client
import urllib.request
urllib.request.urlopen('http://127.0.0.1:%d' % TCP, timeout=0.2)   # idna
