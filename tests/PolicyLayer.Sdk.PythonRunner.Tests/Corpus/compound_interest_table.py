# allow nothing
principal, rate = 1000.0, 0.05
print(f"{'Year':>4} | {'Balance':>10}")
print("-" * 17)
for year in range(1, 6):
    balance = principal * (1 + rate) ** year
    print(f"{year:>4} | {balance:>10,.2f}")
