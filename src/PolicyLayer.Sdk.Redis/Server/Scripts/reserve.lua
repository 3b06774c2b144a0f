-- Takes all amounts or none. A peek takes nothing, and answers the same.

-- How long until it fits; nil when waiting is in vain.
local function wait_of(d, full)
    if d.algorithm == 'Fixed' then
        return max(0, window_end(d.at, d.span, d.unit) - utc)
    end
    if d.algorithm == 'Sliding' and d.kept then
        for _, one in ipairs(call('LRANGE', d.key, d.gone, -1)) do
            local _, last, amount = entry(one)
            full = less(full, amount)
            if compare(full, d.max) <= 0 then
                return last + d.span - stamp
            end
        end
    end
end

-- For each demand that does not fit: its index, what is held (of a bucket, what it holds), and the time to wait; no time when waiting is in vain.
local refused = {}
for i, d in ipairs(demands) do
    advance(d)
    local fits, wait
    if d.algorithm == 'TokenBucket' then
        fits = compare(times(d.amount, d.span), d.total) <= 0
    else
        local full = add(d.total, d.amount)
        fits = compare(full, d.max) <= 0
        if not fits and compare(d.amount, d.max) <= 0 then
            wait = wait_of(d, full)
        end
        if born > 0 then
            local back = d.algorithm == 'Sliding' and born + d.span or d.algorithm == 'Concurrent' and born + lease or window_end(window_start(born, d.span, d.unit), d.span, d.unit)
            if utc < back then
                fits = false
                d.total = d.max
                wait = compare(d.amount, d.max) <= 0 and max(wait or 0, back - utc) or nil
            end
        end
    end
    if not fits then
        refused[#refused + 1] = { i - 1, text(d.total), wait or '' }
    end
end
if #refused > 0 then
    return { 'refused', refused }
end

-- Beyond a thousand admissions, those of one sixtieth of the window are one.
local function admit(d)
    trim(d)
    local slice = max(1, math.floor(d.span / 60))
    if d.kept and math.floor(stamp / slice) == math.floor(d.at / slice) and call('LLEN', d.key) >= 1000 then
        call('LSET', d.key, -1, item(d.first, stamp, add(d.recent, d.amount), d.total))
    else
        call('RPUSH', d.key, item(stamp, stamp, d.amount, d.total))
    end
    expire(d, stamp + d.span)
end

local function take_places(d)
    for _, name in ipairs(d.lapsed or {}) do
        call('HDEL', d.key, name)
    end
    call('HSET', d.key, host, text(add(parse(call('HGET', d.key, host) or '0'), d.amount)))
end

if question == 'reserve' then
    if host ~= '' then
        call('HSET', KEYS[1], host, max(tonumber(call('HGET', KEYS[1], host) or '0'), utc + lease))
    end
    for _, d in ipairs(demands) do
        if d.charges and d.amount ~= 0 then
            if d.algorithm == 'Concurrent' then
                take_places(d)
            elseif d.algorithm == 'TokenBucket' then
                d.total = less(d.total, times(d.amount, d.span))
                save_bucket(d)
            else
                d.total = add(d.total, d.amount)
                local save = d.algorithm == 'Sliding' and admit or save_window
                save(d)
            end
        end
    end
end
return { 'reserved', stamp, utc }
