# Connects to a mail server.
# evidence: received
# held by: seccomp, landlock_tcp, network_namespace, audit
# allow: encodings.idna, smtplib
import smtplib
smtplib.SMTP('127.0.0.1', TCP, timeout=0.2)   # idna
