# allow: base64, hashlib
import base64
import hashlib

print(hashlib.sha256(b"hello").hexdigest())
print(hashlib.md5("déjà".encode()).hexdigest(), base64.b64encode(b"any carnal pleas").decode())
print(base64.b64decode("aGVsbG8=").decode(), bytes.fromhex("c0ffee").hex("-"), int.from_bytes(b"\x01\x02", "big"))
