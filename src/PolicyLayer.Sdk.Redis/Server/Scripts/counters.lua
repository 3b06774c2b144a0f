-- The counters of a question. ARGV: a reservation's stamp and time, how many demands there are, and for each seven arguments. Amounts are whole millionths.
-- A sliding counter is a list of admissions, `first last amount total`; the total of the last one is that of the whole list. A fixed one is the start of its window and a total, a bucket a moment and what it held, in millionths times microseconds. Places are a host's name and how many it has.
local stamped, stamped_utc = tonumber(ARGV[6]), tonumber(ARGV[7])
local born = tonumber(string.sub(known, string.find(known, ':', 1, true) + 1))

local function entry(item)
    local first, last, amount, total = string.match(item, '^(%d+) (%d+) (%d+) (%d+)$')
    return tonumber(first), tonumber(last), parse(amount), total
end

local function item(first, last, amount, total)
    return string.format('%.0f %.0f %s %s', first, last, text(amount), text(total))
end

-- The last moment that any of them has recorded: a clock that is set back refills nothing.
local stamp = utc
local demands = {}
for i = 1, tonumber(ARGV[8]) do
    local at = i * 7 + 1
    local d = {
        key = KEYS[i + 2], algorithm = ARGV[at + 1], span = tonumber(ARGV[at + 2]), unit = ARGV[at + 3], max = parse(ARGV[at + 4]), amount = parse(ARGV[at + 6]), charges = ARGV[at + 7] == '1',
        total = 0, at = 0, gone = 0, kept = false,
    }
    demands[i] = d
    if d.algorithm == 'Sliding' then
        local tail = call('LINDEX', d.key, -1)
        if tail then
            local total
            d.first, d.at, d.recent, total = entry(tail)
            d.total, d.kept = parse(total), true
            stamp = max(stamp, d.at)
        end
    elseif d.algorithm ~= 'Concurrent' then
        local saved = call('HMGET', d.key, 'at', 'total')
        if saved[1] then
            d.at, d.total, d.kept = tonumber(saved[1]), parse(saved[2]), true
        end
        if d.algorithm == 'TokenBucket' then
            d.capacity = times(parse(ARGV[at + 5]), d.span)
            stamp = max(stamp, d.at)
        end
    end
end

-- Brings a counter to the present. What has left a window is only counted off here, and taken out when something is written.
local function advance(d)
    if d.algorithm == 'Sliding' then
        if d.kept and stamp - d.at >= d.span then
            d.total, d.kept, d.gone = 0, false, -1
        end
        while d.kept do
            local _, last, amount = entry(call('LINDEX', d.key, d.gone))
            if stamp - last < d.span then
                break
            end
            d.total = less(d.total, amount)
            d.gone = d.gone + 1
        end
    elseif d.algorithm == 'Fixed' then
        local start = window_start(utc, d.span, d.unit)
        if not d.kept or d.at < start then
            d.at, d.total, d.kept = start, 0, false
        end
    elseif d.algorithm == 'TokenBucket' then
        local since = d.kept and d.at or (born > 0 and born)
        d.total = since and smaller(d.capacity, add(d.total, times(d.max, max(0, stamp - since)))) or d.capacity
        d.at = max(stamp, since or 0)
    else
        local places = call('HGETALL', d.key)
        for i = 1, #places, 2 do
            if tonumber(call('HGET', KEYS[1], places[i]) or '0') > utc then
                d.total = add(d.total, parse(places[i + 1]))
            else
                d.lapsed = d.lapsed or {}
                d.lapsed[#d.lapsed + 1] = places[i]
            end
        end
    end
end

-- Takes out what has left the window.
local function trim(d)
    if d.gone < 0 then
        call('DEL', d.key)
    elseif d.gone > 0 then
        call('LTRIM', d.key, d.gone, -1)
    end
    d.gone = 0
end

-- The server may forget a counter a minute after it holds nothing.
local function expire(d, idle)
    call('PEXPIRE', d.key, math.ceil(math.min(max(0, idle - utc) / 1000, 1e15)) + 60000)
end

local function save_window(d)
    if d.kept then
        call('HSET', d.key, 'total', text(d.total))
    else
        call('HSET', d.key, 'at', d.at, 'total', text(d.total))
        expire(d, window_end(d.at, d.span, d.unit))
    end
end

local function save_bucket(d)
    call('HSET', d.key, 'at', d.at, 'total', text(d.total))
    if d.max == 0 then
        call('PERSIST', d.key)
    else
        -- In floating point, rounded up well: it only says when a full bucket may be forgotten.
        expire(d, d.at + tonumber(text(less(d.capacity, d.total))) / tonumber(text(d.max)) * 1.001 + 1000000)
    end
end
