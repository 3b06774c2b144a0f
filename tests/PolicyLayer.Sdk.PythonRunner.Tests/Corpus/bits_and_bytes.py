# allow: struct
import struct

packed = struct.pack("<IhB", 1000, -5, 255)
print(packed.hex(), struct.unpack("<IhB", packed), bin(0b1010 ^ 0b0110), (0xFF).bit_length(), ~7 & 0xFF)
view = memoryview(bytearray(b"abcdef"))
view[1:3] = b"XY"
print(bytes(view), bytes(range(5)), "é".encode("latin-1"), b"\xff".decode("utf-8", "replace"))
