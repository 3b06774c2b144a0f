# allow: datetime
from datetime import date, timedelta

start = date(2024, 2, 27)
for offset in range(4):
    day = start + timedelta(days=offset)
    print(day.isoformat(), day.strftime("%A"))
print((date(2025, 1, 1) - date(2024, 1, 1)).days, date(2024, 12, 30).isocalendar()[1])
