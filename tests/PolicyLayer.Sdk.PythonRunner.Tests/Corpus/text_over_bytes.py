# allow: io
import io

raw = io.BytesIO()
with io.TextIOWrapper(raw, write_through=True) as text:
    text.write("grüße\n€ 5\n")
    print(text.encoding.lower().replace("_", "-"))
    data = raw.getvalue()

print(len(data))
for number, line in enumerate(io.TextIOWrapper(io.BytesIO(data)), start=1):
    print(number, line.rstrip())
