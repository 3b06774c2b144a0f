-- Gives amounts back to the windows, buckets and places that they were taken from.
local stamped, stamped_utc = tonumber(ARGV[6]), tonumber(ARGV[7])
for i = 1, count do
    local d = demands[i]
    if d.algorithm == 'Concurrent' then
        local rest = less(parse(call('HGET', d.key, host) or '0'), d.amount)
        if rest == 0 then
            call('HDEL', d.key, host)
        else
            call('HSET', d.key, host, text(rest))
        end
    elseif not d.kept then
        -- What it was taken from is over.
    elseif d.algorithm == 'Fixed' then
        if window_start(stamped_utc, tonumber(ARGV[i * 7 + 3]), ARGV[i * 7 + 4]) == d.at then
            call('HSET', d.key, 'total', text(less(d.total, d.amount)))
        end
    elseif d.algorithm == 'TokenBucket' then
        -- What had not refilled when it was last charged. How it refills from then on, and what it holds, the limit in force says when it is asked: it need not be the one that was charged.
        local saved = d.saved
        if saved[3] and tonumber(saved[3]) < stamped then
            call('HSET', d.key, 'total', text(add(parse(saved[2]), less(d.amount, times(d.max, max(0, tonumber(saved[1]) - stamped))))))
        end
    else
        local due, emptied = d.amount, false
        for n, one in ipairs(call('LRANGE', d.key, d.gone, -1)) do
            local first, last, amount = string.match(one, ADMISSION)
            if tonumber(first) > stamped or due == 0 then
                break
            end
            if tonumber(last) >= stamped then
                amount = parse(amount)
                local back = smaller(due, amount)
                due, d.total = less(due, back), less(d.total, back)
                local rest = less(amount, back)
                emptied = emptied or rest == 0
                call('LSET', d.key, d.gone + n - 1, rest == 0 and '' or admission(first, last, rest, 0))
            end
        end
        trim(d)
        if emptied then
            call('LREM', d.key, 0, '')
        end
        local newest = call('LINDEX', d.key, -1)
        if newest then
            local first, last, amount = string.match(newest, ADMISSION)
            call('LSET', d.key, -1, admission(first, last, parse(amount), d.total))
        end
    end
end
return { 'done' }
