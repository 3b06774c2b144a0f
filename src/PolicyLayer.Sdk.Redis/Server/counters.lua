-- The counters of PolicyLayer's limits. One call answers one question. Times are microseconds since 1970 by this server's clock; amounts are whole millionths.
-- KEYS[1] the hosts, KEYS[2] the epoch, then for each demand its counter. ARGV is read in order by take().

local at = 0
local function take()
    at = at + 1
    return ARGV[at]
end

-- Natural numbers of any size, for Lua's are exact to 2^53 only: seven digits in each place, the lowest first.
local BASE = 10000000

local function big(text)
    local n = {}
    for last = #text, 1, -7 do
        n[#n + 1] = tonumber(string.sub(text, math.max(1, last - 6), last))
    end
    while #n > 0 and n[#n] == 0 do
        n[#n] = nil
    end
    return n
end

local function text(n)
    local parts = { tostring(n[#n] or 0) }
    for i = #n - 1, 1, -1 do
        parts[#parts + 1] = string.format('%07d', n[i])
    end
    return table.concat(parts)
end

local function compare(a, b)
    if #a ~= #b then
        return #a < #b and -1 or 1
    end
    for i = #a, 1, -1 do
        if a[i] ~= b[i] then
            return a[i] < b[i] and -1 or 1
        end
    end
    return 0
end

local function add(a, b)
    local sum, carry = {}, 0
    for i = 1, math.max(#a, #b) do
        local one = (a[i] or 0) + (b[i] or 0) + carry
        carry = one >= BASE and 1 or 0
        sum[i] = one - carry * BASE
    end
    if carry > 0 then
        sum[#sum + 1] = carry
    end
    return sum
end

-- a - b, or zero when b is more.
local function less(a, b)
    if compare(a, b) <= 0 then
        return {}
    end
    local rest, borrow = {}, 0
    for i = 1, #a do
        local one = a[i] - (b[i] or 0) - borrow
        borrow = one < 0 and 1 or 0
        rest[i] = one + borrow * BASE
    end
    while #rest > 0 and rest[#rest] == 0 do
        rest[#rest] = nil
    end
    return rest
end

local function times(a, b)
    local product = {}
    for i = 1, #a do
        local carry = 0
        for j = 1, #b do
            local one = (product[i + j - 1] or 0) + a[i] * b[j] + carry
            carry = math.floor(one / BASE)
            product[i + j - 1] = one - carry * BASE
        end
        if carry > 0 then
            product[i + #b] = carry
        end
    end
    return product
end

local function smaller(a, b)
    return compare(a, b) < 0 and a or b
end

local function whole(n)
    return string.format('%.0f', n)
end

-- Days since 1970 of the first of a month, and the year and month of a day.
local function first_of(year, month)
    local y = month <= 2 and year - 1 or year
    local era = math.floor(y / 400)
    local yoe = y - era * 400
    local doy = math.floor((153 * (month + (month > 2 and -3 or 9)) + 2) / 5)
    local doe = yoe * 365 + math.floor(yoe / 4) - math.floor(yoe / 100) + doy
    return era * 146097 + doe - 719468
end

local function month_of(day)
    local z = day + 719468
    local era = math.floor(z / 146097)
    local doe = z - era * 146097
    local yoe = math.floor((doe - math.floor(doe / 1460) + math.floor(doe / 36524) - math.floor(doe / 146096)) / 365)
    local doy = doe - (365 * yoe + math.floor(yoe / 4) - math.floor(yoe / 100))
    local mp = math.floor((5 * doy + 2) / 153)
    local month = mp < 10 and mp + 3 or mp - 9
    return yoe + era * 400 + (month <= 2 and 1 or 0), month
end

local DAY = 86400000000

local function window_start(now, span, unit)
    if unit == 'FromEpoch' then
        return now - now % span
    end
    local day = math.floor(now / DAY)
    if unit == 'Week' then
        return (day - (day + 3) % 7) * DAY
    end
    return first_of(month_of(day)) * DAY
end

local function window_end(start, span, unit)
    if unit ~= 'Month' then
        return start + span
    end
    local year, month = month_of(math.floor(start / DAY))
    return first_of(month == 12 and year + 1 or year, month % 12 + 1) * DAY
end

local question = take()
local epoch = take()
local host = take()
local lease = tonumber(take())
local clock = take()

local utc
if clock ~= '' then
    utc = tonumber(clock)
else
    local time = redis.call('TIME')
    utc = tonumber(time[1]) * 1000000 + tonumber(time[2])
end

-- The epoch says which history these counters have. When it is gone, so are they, and only those who remember it know: from then on a window is as if it were full until it has passed.
local known = redis.call('GET', KEYS[2]) or ''
if question == 'begin' then
    local fresh = string.sub(known, -2) == ':0'
    if known == '' or (epoch ~= '' and known ~= epoch and fresh) then
        known = host .. ':' .. (epoch == '' and '0' or whole(utc))
        redis.call('SET', KEYS[2], known)
    end
    return { 'epoch', known }
end
if known == '' or known ~= epoch then
    return { 'epoch', known }
end
local born = tonumber(string.sub(known, string.find(known, ':', 1, true) + 1))

if question == 'renew' then
    for _ = 1, tonumber(take()) do
        local name = take()
        local has = tonumber(redis.call('HGET', KEYS[1], name) or '0')
        if has > utc then
            redis.call('HSET', KEYS[1], name, whole(math.max(has, utc + lease)))
        end
    end
    for _, name in ipairs(redis.call('HKEYS', KEYS[1])) do
        if tonumber(redis.call('HGET', KEYS[1], name)) <= utc then
            redis.call('HDEL', KEYS[1], name)
        end
    end
    return { 'done' }
end

local stamped = tonumber(take())
local stamped_utc = tonumber(take())
local count = tonumber(take())
local demands = {}
for i = 1, count do
    demands[i] = {
        key = KEYS[i + 2], algorithm = take(), span = tonumber(take()), unit = take(), max = big(take()), burst = big(take()), amount = big(take()), charges = take() == '1',
    }
end

local function entry(item)
    local first, last, amount = string.match(item, '^(%d+) (%d+) (%d+)$')
    return tonumber(first), tonumber(last), big(amount)
end

-- The last moment that any of them has recorded: a clock that is set back refills nothing.
local stamp = utc
for _, d in ipairs(demands) do
    if d.algorithm == 'Sliding' then
        local item = redis.call('LINDEX', d.key, -1)
        if item then
            local _, last = entry(item)
            stamp = math.max(stamp, last)
        end
    elseif d.algorithm == 'TokenBucket' then
        stamp = math.max(stamp, tonumber(redis.call('HGET', d.key, 'at') or '0'))
    end
end

-- A counter as it is now. What has left a window is only skipped here, and taken out when something is written.
local function read(d)
    d.total = {}
    if d.algorithm == 'Sliding' then
        d.gone = 0
        d.total = big(redis.call('GET', d.key .. ':total') or '0')
        while true do
            local item = redis.call('LINDEX', d.key, d.gone)
            if not item then
                break
            end
            local _, last, amount = entry(item)
            if stamp - last < d.span then
                break
            end
            d.total = less(d.total, amount)
            d.gone = d.gone + 1
        end
    elseif d.algorithm == 'Fixed' then
        local saved = redis.call('HMGET', d.key, 'at', 'total')
        d.at = window_start(utc, d.span, d.unit)
        if saved[1] and tonumber(saved[1]) >= d.at then
            d.at = tonumber(saved[1])
            d.total = big(saved[2])
        end
    elseif d.algorithm == 'TokenBucket' then
        local saved = redis.call('HMGET', d.key, 'at', 'total')
        d.capacity = times(d.burst, big(whole(d.span)))
        local since
        if saved[1] then
            since, d.total = tonumber(saved[1]), big(saved[2])
        elseif born > 0 then
            since = born
        end
        d.total = since and smaller(d.capacity, add(d.total, times(d.max, big(whole(math.max(0, stamp - since)))))) or d.capacity
        d.at = math.max(stamp, since or 0)
    else
        local places = redis.call('HGETALL', d.key)
        for j = 1, #places, 2 do
            if tonumber(redis.call('HGET', KEYS[1], places[j]) or '0') > utc then
                d.total = add(d.total, big(places[j + 1]))
            else
                d.lapsed = d.lapsed or {}
                d.lapsed[#d.lapsed + 1] = places[j]
            end
        end
    end
end

local function save(d)
    local idle = utc
    if d.algorithm == 'Sliding' then
        if d.gone > 0 then
            redis.call('LTRIM', d.key, d.gone, -1)
        end
        local item = redis.call('LINDEX', d.key, -1)
        if not item then
            redis.call('DEL', d.key .. ':total')
            return
        end
        local _, last = entry(item)
        idle = last + d.span
        redis.call('SET', d.key .. ':total', text(d.total))
        redis.call('PEXPIRE', d.key .. ':total', whole(math.ceil(math.max(0, idle - utc) / 1000) + 60000))
    elseif d.algorithm == 'Fixed' then
        idle = window_end(d.at, d.span, d.unit)
        redis.call('HSET', d.key, 'at', whole(d.at), 'total', text(d.total))
    else
        redis.call('HSET', d.key, 'at', whole(d.at), 'total', text(d.total))
        if #d.max == 0 then
            redis.call('PERSIST', d.key)
            return
        end
        -- In floating point, rounded up well: it only says when the server may forget a full bucket.
        local missing = tonumber(text(less(d.capacity, d.total))) / tonumber(text(d.max))
        idle = d.at + missing * 1.001 + 1000000
    end
    redis.call('PEXPIRE', d.key, whole(math.ceil(math.min(math.max(0, idle - utc) / 1000, 1e15)) + 60000))
end

if question == 'refund' then
    for _, d in ipairs(demands) do
        if d.algorithm == 'Concurrent' then
            local rest = less(big(redis.call('HGET', d.key, host) or '0'), d.amount)
            if #rest == 0 then
                redis.call('HDEL', d.key, host)
            else
                redis.call('HSET', d.key, host, text(rest))
            end
        elseif redis.call('EXISTS', d.key) == 1 then
            read(d)
            if d.algorithm == 'TokenBucket' then
                d.total = smaller(d.capacity, add(d.total, times(d.amount, big(whole(d.span)))))
            elseif d.algorithm == 'Fixed' then
                if window_start(stamped_utc, d.span, d.unit) == d.at then
                    d.total = less(d.total, d.amount)
                end
            else
                local due = d.amount
                local items = redis.call('LRANGE', d.key, d.gone, -1)
                local emptied = false
                for j, item in ipairs(items) do
                    local first, last, amount = entry(item)
                    if first > stamped or #due == 0 then
                        break
                    end
                    if last >= stamped then
                        local back = smaller(due, amount)
                        due = less(due, back)
                        d.total = less(d.total, back)
                        local rest = less(amount, back)
                        emptied = emptied or #rest == 0
                        redis.call('LSET', d.key, d.gone + j - 1, #rest == 0 and '' or whole(first) .. ' ' .. whole(last) .. ' ' .. text(rest))
                    end
                end
                if d.gone > 0 then
                    redis.call('LTRIM', d.key, d.gone, -1)
                    d.gone = 0
                end
                if emptied then
                    redis.call('LREM', d.key, 0, '')
                end
            end
            save(d)
        end
    end
    return { 'done' }
end

-- For each demand that does not fit: its index, what is held (of a bucket, what it holds), and the time to wait; no time when waiting is in vain.
local refused = {}
for i, d in ipairs(demands) do
    read(d)
    local fits, wait
    if d.algorithm == 'TokenBucket' then
        fits = compare(times(d.amount, big(whole(d.span))), d.total) <= 0
    else
        local full = add(d.total, d.amount)
        fits = compare(full, d.max) <= 0
        if not fits and compare(d.amount, d.max) <= 0 then
            if d.algorithm == 'Fixed' then
                wait = math.max(0, window_end(d.at, d.span, d.unit) - utc)
            elseif d.algorithm == 'Sliding' then
                for _, item in ipairs(redis.call('LRANGE', d.key, d.gone, -1)) do
                    local _, last, amount = entry(item)
                    full = less(full, amount)
                    if compare(full, d.max) <= 0 then
                        wait = last + d.span - stamp
                        break
                    end
                end
            end
        end
        if born > 0 then
            local back = d.algorithm == 'Sliding' and born + d.span or d.algorithm == 'Concurrent' and born + lease or window_end(window_start(born, d.span, d.unit), d.span, d.unit)
            if utc < back then
                fits = false
                d.total = d.max
                wait = compare(d.amount, d.max) <= 0 and math.max(wait or 0, back - utc) or nil
            end
        end
    end
    if not fits then
        refused[#refused + 1] = { i - 1, text(d.total), wait and whole(wait) or '' }
    end
end
if #refused > 0 then
    return { 'refused', refused }
end

if question == 'reserve' then
    if host ~= '' then
        local has = tonumber(redis.call('HGET', KEYS[1], host) or '0')
        redis.call('HSET', KEYS[1], host, whole(math.max(has, utc + lease)))
    end
    for _, d in ipairs(demands) do
        if d.charges and #d.amount > 0 then
            if d.algorithm == 'Concurrent' then
                for _, name in ipairs(d.lapsed or {}) do
                    redis.call('HDEL', d.key, name)
                end
                redis.call('HSET', d.key, host, text(add(big(redis.call('HGET', d.key, host) or '0'), d.amount)))
            else
                if d.algorithm == 'TokenBucket' then
                    d.total = less(d.total, times(d.amount, big(whole(d.span))))
                else
                    d.total = add(d.total, d.amount)
                end
                if d.algorithm == 'Sliding' then
                    if d.gone > 0 then
                        redis.call('LTRIM', d.key, d.gone, -1)
                        d.gone = 0
                    end
                    local slice = math.max(1, math.floor(d.span / 60))
                    local item = redis.call('LLEN', d.key) >= 1000 and redis.call('LINDEX', d.key, -1)
                    local first, last, amount
                    if item then
                        first, last, amount = entry(item)
                    end
                    if item and math.floor(stamp / slice) == math.floor(last / slice) then
                        redis.call('LSET', d.key, -1, whole(first) .. ' ' .. whole(stamp) .. ' ' .. text(add(amount, d.amount)))
                    else
                        redis.call('RPUSH', d.key, whole(stamp) .. ' ' .. whole(stamp) .. ' ' .. text(d.amount))
                    end
                end
                save(d)
            end
        end
    end
end
return { 'reserved', whole(stamp), whole(utc) }
