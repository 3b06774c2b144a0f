# allow: json
import json

order = {"id": 7, "items": [{"sku": "A1", "qty": 2, "price": 9.5}, {"sku": "B2", "qty": 1, "price": 20}], "paid": True, "note": None}
text = json.dumps(order, indent=2, sort_keys=True)
print(text)
back = json.loads(text)
print(sum(item["qty"] * item["price"] for item in back["items"]), back == order, json.dumps("é"))
