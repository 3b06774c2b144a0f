-- The plain case, answered before any function is made: fixed counters whose window is open and sliding ones that hold something, each charged, once, with room for all of them, in amounts that Lua's own numbers hold. Whatever is not plain is left to what follows, which reads anew: nothing is written before all have room.
-- A sliding counter that has room even beside the admissions that have left its window keeps them, and its total counts them, until eight of sixteen have left or it is written otherwise.
do
    local keys, arguments, find, sub, match = KEYS, ARGV, string.find, string.sub, string.match
    local last_at, totals, aging = tonumber(arguments[8]) * 7 + 2, {}, nil
    local born = sub(known, -2) == ':0' and 0 or tonumber(match(known, ':(%d+)$'))
    local plain = born and host == ''
    for at = 9, plain and last_at or 0, 7 do
        local key, algorithm, span, amount = keys[(at + 12) / 7], arguments[at], arguments[at + 1] + 0, arguments[at + 5]
        local total
        plain = false
        -- Of limits that share a counter one charges it, and all ask.
        if #amount > 15 or amount == '0' or arguments[at + 6] ~= '1' or totals[key] then
            break
        elseif algorithm == 'Sliding' then
            -- Moments have sixteen digits from 2001 to 2286; others are no numbers here.
            local newest = call('LINDEX', key, '-1')
            local last = newest and tonumber(sub(newest, 17, 34))
            local age = last and utc - last
            if not last or age <= 0 or age >= span or utc - born < span then
                break
            end
            -- Many in one, and this may be one more of them.
            if age * 60 < span and sub(newest, 1, 16) ~= sub(newest, 18, 33) then
                break
            end
            total = sub(newest, find(newest, ' ', 35, true) + 1)
            if floor(utc / 30000000) ~= floor(last / 30000000) then
                aging = aging or {}
                aging[key] = true
            end
        elseif algorithm == 'Fixed' then
            local saved = call('HMGET', key, 'at', 'total')
            local begun = tonumber(saved[1])
            -- No month has fewer than 28 days.
            if not begun or begun <= born or begun > utc or utc - begun >= (arguments[at + 2] == 'Month' and 2419200000000 or span) then
                break
            end
            total = saved[2]
        else
            break
        end
        if not total or #total > 15 then
            break
        end
        total = total + amount
        if total > arguments[at + 3] + 0 then
            break
        end
        totals[key], plain = total, true
    end

    local moments
    for at = 9, plain and last_at or 0, 7 do
        local key, amount = keys[(at + 12) / 7], arguments[at + 5]
        if arguments[at] == 'Fixed' then
            call('HINCRBY', key, 'total', amount)
        else
            local total = totals[key]
            moments = moments or format('%.0f %.0f ', utc, utc)
            local length = call('RPUSH', key, moments .. amount .. format(' %.0f', total))
            if length % 16 == 0 or length > 1000 then
                local span, gone, oldest = arguments[at + 1] + 0, 0, nil
                -- Looked through when it is worth it, and when it decides whether many become one.
                local left = length > 1000 or utc - match(call('LINDEX', key, '7'), '^%d+ (%d+)') >= span
                while left do
                    if gone % 16 == 0 then
                        oldest = call('LRANGE', key, gone, gone + 15)
                    end
                    local last, of = match(oldest[gone % 16 + 1], '^%d+ (%d+) (%d+)')
                    left = utc - last >= span
                    if left then
                        total, gone = total - of, gone + 1
                    end
                end
                local first, last, of = match(call('LINDEX', key, '-2'), '^(%d+) (%d+) (%d+)')
                local slice = max(1, floor(span / 60))
                if length - gone > 1000 and floor(utc / slice) == floor(last / slice) then
                    call('RPOP', key)
                    call('LSET', key, '-1', format('%s %.0f %.0f %.0f', first, utc, of + amount, total))
                elseif gone > 0 then
                    call('LSET', key, '-1', moments .. amount .. format(' %.0f', total))
                end
                if gone > 0 then
                    call('LTRIM', key, gone, '-1')
                end
            end
            if aging and aging[key] then
                call('PEXPIRE', key, math.ceil(arguments[at + 1] / 1000) + 60000)
            end
        end
    end
    if plain then
        return { 'reserved', utc, utc }
    end
end
