# allow: re
import re

log = "2024-01-15 ERROR [db] timeout after 30s; 2024-01-16 INFO [web] ok"
for match in re.finditer(r"(?P<date>\d{4}-\d{2}-\d{2}) (?P<level>[A-Z]+) \[(?P<part>\w+)\]", log):
    print(match.groupdict())
print(re.sub(r"\b(\w)(\w*)", lambda m: m.group(1).upper() + m.group(2), "make it title case"))
print(re.split(r"[;,]\s*", "a, b;c,d"))
