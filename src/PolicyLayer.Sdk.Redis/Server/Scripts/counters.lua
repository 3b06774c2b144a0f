-- The counters of a question, read and brought to the present. ARGV: a reservation's stamp and time, how many demands there are, and for each seven arguments: its algorithm, the microseconds of its window, the unit of its calendar, its maximum, what a bucket holds at most, its amount, and whether it is charged. Amounts are whole millionths.
-- A sliding counter is a list of admissions, `first last amount total`; the total of the last one is that of the whole list, with those that have left the window and are still there. A fixed one is the start of its window and a total, a bucket a moment and what it held, in millionths times microseconds, the last moment of calls that get nothing back, and the maximum and what it could hold by which it was last charged. Places are a host's name and how many it has.
-- Written in one piece: what stands in a branch costs nothing where no demand comes that way.
local count = tonumber(ARGV[8])
local born = tonumber(string.sub(known, string.find(known, ':', 1, true) + 1))
local ADMISSION, OLDEST, NEWEST = '^(%d+) (%d+) (%d+) (%d+)$', '^%d+ (%d+) (%d+)', '^%d+ (%d+) %d+ (%d+)$'

-- The last moment that any of them has recorded: a clock that is set back refills nothing.
local stamp = utc
local demands = {}
for i = 1, count do
    local at, key = i * 7 + 1, KEYS[i + 2]
    local algorithm, span, limit, amount = ARGV[at + 1], tonumber(ARGV[at + 2]), parse(ARGV[at + 4]), parse(ARGV[at + 6])
    if algorithm == 'Fixed' then
        local saved = call('HMGET', key, 'at', 'total')
        local begun, start = tonumber(saved[1] or -1), window_start(utc, span, ARGV[at + 3])
        local kept = begun >= start
        demands[i] = { algorithm = algorithm, key = key, max = limit, amount = amount, at = kept and begun or start, total = kept and parse(saved[2]) or 0, kept = kept }
    elseif algorithm == 'Sliding' then
        local d = { algorithm = algorithm, key = key, span = span, max = limit, amount = amount, total = 0, at = 0, gone = 0, kept = false }
        d.newest = call('LINDEX', key, '-1')
        if d.newest then
            local last, total = string.match(d.newest, NEWEST)
            d.at, d.total, d.kept = tonumber(last), parse(total), true
            stamp = max(stamp, d.at)
        end
        demands[i] = d
    elseif algorithm == 'TokenBucket' then
        local saved = call('HMGET', key, 'at', 'total', 'lost', 'max', 'burst')
        local since, capacity = tonumber(saved[1]), times(parse(ARGV[at + 5]), span)
        stamp = max(stamp, since or 0)
        demands[i] = { algorithm = algorithm, key = key, max = limit, amount = times(amount, span), capacity = capacity, at = since, total = since and parse(saved[2]) or 0, kept = since, saved = saved }
    else
        demands[i] = { algorithm = algorithm, key = key, max = limit, amount = amount, total = 0, lapsed = false }
    end
end

-- What has left a window is only counted off here, and taken out when something is written.
for i = 1, count do
    local d = demands[i]
    if d.algorithm == 'Sliding' then
        if d.kept and stamp - d.at >= d.span then
            d.total, d.kept, d.gone = 0, false, -1
        end
        -- Read by eights: few have left, for the plain case leaves no more than it must.
        local oldest
        while d.kept do
            local n = d.gone % 8
            if n == 0 then
                oldest = call('LRANGE', d.key, d.gone, d.gone + 7)
            end
            local last, amount = string.match(oldest[n + 1], OLDEST)
            if stamp - last < d.span then
                break
            end
            d.total = less(d.total, parse(amount))
            d.gone = d.gone + 1
        end
    elseif d.algorithm == 'TokenBucket' then
        local since = d.at or (born > 0 and born)
        d.total = since and smaller(d.capacity, add(d.total, times(d.max, max(0, stamp - since)))) or d.capacity
        d.at = max(stamp, since or 0)
    elseif d.algorithm == 'Concurrent' then
        local places = call('HGETALL', d.key)
        for place = 1, #places, 2 do
            if tonumber(call('HGET', KEYS[1], places[place]) or '0') > utc then
                d.total = add(d.total, parse(places[place + 1]))
            else
                d.lapsed = d.lapsed or {}
                d.lapsed[#d.lapsed + 1] = places[place]
            end
        end
    end
end
