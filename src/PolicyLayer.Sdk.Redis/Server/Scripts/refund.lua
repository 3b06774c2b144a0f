-- Gives amounts back to the windows, buckets and places that they were taken from.
local function refund_window(d)
    local due, emptied = d.amount, false
    for i, one in ipairs(call('LRANGE', d.key, d.gone, -1)) do
        local first, last, amount = entry(one)
        if first > stamped or due == 0 then
            break
        end
        if last >= stamped then
            local back = smaller(due, amount)
            due, d.total = less(due, back), less(d.total, back)
            local rest = less(amount, back)
            emptied = emptied or rest == 0
            call('LSET', d.key, d.gone + i - 1, rest == 0 and '' or item(first, last, rest, 0))
        end
    end
    trim(d)
    if emptied then
        call('LREM', d.key, 0, '')
    end
    local tail = call('LINDEX', d.key, -1)
    if tail then
        local first, last, amount = entry(tail)
        call('LSET', d.key, -1, item(first, last, amount, d.total))
    end
end

for _, d in ipairs(demands) do
    if d.algorithm == 'Concurrent' then
        local rest = less(parse(call('HGET', d.key, host) or '0'), d.amount)
        if rest == 0 then
            call('HDEL', d.key, host)
        else
            call('HSET', d.key, host, text(rest))
        end
    elseif d.kept then
        advance(d)
        if d.algorithm == 'TokenBucket' then
            d.total = smaller(d.capacity, add(d.total, times(d.amount, d.span)))
            save_bucket(d)
        elseif d.algorithm == 'Sliding' then
            if d.kept then
                refund_window(d)
            end
        elseif d.kept and window_start(stamped_utc, d.span, d.unit) == d.at then
            d.total = less(d.total, d.amount)
            save_window(d)
        end
    end
end
return { 'done' }
