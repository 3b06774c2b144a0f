# allow nothing
text = """the quick brown fox jumps over the lazy dog
the dog barks and the fox runs away"""
counts = {}
for word in text.split():
    counts[word] = counts.get(word, 0) + 1
for word, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:5]:
    print(f"{word:<10}{count:>3}")
