# allow: json
import json

for text in ['{"a": 1,}', "[1, 2", '{"ok": [1, 2.5, null]}']:
    try:
        print(json.loads(text))
    except json.JSONDecodeError as error:
        print(f"line {error.lineno}: not JSON")
