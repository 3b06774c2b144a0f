# allow: csv, io
import csv
import io

text = "name;age\nAnn;31\nBob;27\n"
dialect = csv.Sniffer().sniff(text)
print(dialect.delimiter, csv.Sniffer().has_header(text), list(csv.reader(io.StringIO(text), dialect)))
