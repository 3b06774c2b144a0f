# allow: datetime
from datetime import datetime, timezone, timedelta

moment = datetime.strptime("2024-03-10 14:30:00", "%Y-%m-%d %H:%M:%S").replace(tzinfo=timezone.utc)
print(moment.isoformat(), int(moment.timestamp()))
print(moment.astimezone(timezone(timedelta(hours=2))).strftime("%d/%m/%Y %H:%M %z"))
print(datetime.fromisoformat("2024-01-31T08:00:00").replace(month=2, day=29))
