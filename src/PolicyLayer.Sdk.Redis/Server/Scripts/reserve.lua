-- Takes all amounts or none. A peek takes nothing, and answers the same.

-- For each demand that does not fit: its index, what is held (of a bucket, what it holds), and the time to wait; no time when waiting is in vain.
local refused
for i = 1, count do
    local d = demands[i]
    local fits, wait
    if d.algorithm == 'TokenBucket' then
        fits = compare(d.amount, d.total) <= 0
    else
        local full = add(d.total, d.amount)
        fits = compare(full, d.max) <= 0
        local in_time = fits or compare(d.amount, d.max) <= 0
        if not fits and in_time then
            if d.algorithm == 'Fixed' then
                wait = max(0, window_end(d.at, tonumber(ARGV[i * 7 + 3]), ARGV[i * 7 + 4]) - utc)
            elseif d.kept then
                for _, one in ipairs(call('LRANGE', d.key, d.gone, -1)) do
                    local _, last, amount = string.match(one, ADMISSION)
                    full = less(full, parse(amount))
                    if compare(full, d.max) <= 0 then
                        wait = last + d.span - stamp
                        break
                    end
                end
            end
        end
        if born > 0 then
            local span, unit = tonumber(ARGV[i * 7 + 3]), ARGV[i * 7 + 4]
            local back = d.algorithm == 'Sliding' and born + span or d.algorithm == 'Concurrent' and born + lease or window_end(window_start(born, span, unit), span, unit)
            if utc < back then
                fits = false
                d.total = d.max
                wait = in_time and max(wait or 0, back - utc) or nil
            end
        end
    end
    if not fits then
        refused = refused or {}
        refused[#refused + 1] = { i - 1, text(d.total), wait or '' }
    end
end
if refused or question == 'peek' then
    for i = 1, count do
        if demands[i].algorithm == 'TokenBucket' then
            keep_bucket(demands[i])
        end
    end
end
if refused then
    return { 'refused', refused }
end
if question == 'peek' then
    return { 'reserved', stamp, utc }
end

if host ~= '' then
    call('HSET', KEYS[1], host, max(tonumber(call('HGET', KEYS[1], host) or '0'), utc + lease))
end
for i = 1, count do
    local d = demands[i]
    if d.amount == 0 or ARGV[i * 7 + 8] ~= '1' then
        -- Nothing to take.
        if d.algorithm == 'TokenBucket' then
            keep_bucket(d)
        end
    elseif d.algorithm == 'Fixed' then
        local total = add(d.total, d.amount)
        if d.kept and type(total) == 'number' then
            call('HINCRBY', d.key, 'total', ARGV[i * 7 + 7])
        elseif d.kept then
            call('HSET', d.key, 'total', text(total))
        else
            call('HSET', d.key, 'at', d.at, 'total', text(total))
            expire(d.key, window_end(d.at, tonumber(ARGV[i * 7 + 3]), ARGV[i * 7 + 4]))
        end
    elseif d.algorithm == 'Sliding' then
        local total, slice = add(d.total, d.amount), max(1, floor(d.span / 60))
        trim(d)
        -- Beyond a thousand admissions, those of one sixtieth of the window are one. A moment that such a one ends with has no other: what comes back of it would else be taken from either.
        local first, _, recent
        if d.kept and floor(stamp / slice) == floor(d.at / slice) then
            first, _, recent = string.match(d.newest, ADMISSION)
        end
        if first and ((d.at == stamp and tonumber(first) < stamp) or call('LLEN', d.key) >= 1000) then
            call('LSET', d.key, -1, admission(first, stamp, add(parse(recent), d.amount), total))
        else
            call('RPUSH', d.key, admission(stamp, stamp, d.amount, total))
        end
        -- It lives for a minute longer than it counts, so what an earlier one of the same half minute said is enough.
        if not d.kept or floor(stamp / 30000000) ~= floor(d.at / 30000000) then
            expire(d.key, stamp + d.span)
        end
    elseif d.algorithm == 'TokenBucket' then
        d.total = less(d.total, d.amount)
        save_bucket(d, ARGV[i * 7 + 5], ARGV[i * 7 + 6])
    else
        for _, name in ipairs(d.lapsed or {}) do
            call('HDEL', d.key, name)
        end
        call('HSET', d.key, host, text(add(parse(call('HGET', d.key, host) or '0'), d.amount)))
    end
end
return { 'reserved', stamp, utc }
