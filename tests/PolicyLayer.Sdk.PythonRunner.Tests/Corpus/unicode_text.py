# allow: unicodedata
import unicodedata

for text in ["café", "naïve", "日本語", "🎉 party", "Ελληνικά"]:
    print(text, len(text), text.upper(), text.encode("utf-8")[:6])
print(unicodedata.normalize("NFD", "é") == "e\u0301", unicodedata.name("ß"), "straße".casefold())
