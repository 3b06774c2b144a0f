# allow: csv, io
import csv
import io

source = io.StringIO("name,amount\nAnn,10\nBob,20.5\n\"Cid, Jr\",3\n")
rows = list(csv.DictReader(source))
print(sum(float(row["amount"]) for row in rows), rows[-1]["name"])
out = io.StringIO()
writer = csv.writer(out, lineterminator="\n")
writer.writerow(["total", 33.5])
print(out.getvalue().strip())
