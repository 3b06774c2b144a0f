-- How counters are written.

-- The server may forget a counter a minute after it holds nothing.
local function expire(key, idle)
    call('PEXPIRE', key, math.ceil(math.min(max(0, idle - utc) / 1000, 1e15)) + 60000)
end

local function admission(first, last, amount, total)
    return format('%.0f %.0f %s %s', first, last, text(amount), text(total))
end

-- Takes out what has left the window.
local function trim(d)
    if d.gone < 0 then
        call('DEL', d.key)
    elseif d.gone > 0 then
        call('LTRIM', d.key, d.gone, -1)
    end
end

-- When a bucket is full. In floating point, rounded up well: it only says when it may be forgotten.
local function full_at(d)
    return d.at + tonumber(text(less(d.capacity, d.total))) / tonumber(text(d.max)) * 1.001 + 1000000
end

local function expire_bucket(d)
    if d.max == 0 then
        call('PERSIST', d.key)
    else
        expire(d.key, full_at(d))
    end
end

local function save_bucket(d, limit, burst)
    local saved, lost = d.saved, stamp - 1
    if d.kept then
        -- One that has become faster or smaller may have had all that was taken before.
        local holds = saved[5] and compare(d.max, parse(saved[4])) <= 0 and compare(parse(burst), parse(saved[5])) >= 0
        lost = holds and saved[3] or saved[1]
    end
    call('HSET', d.key, 'at', d.at, 'total', text(d.total), 'lost', lost, 'max', limit, 'burst', burst)
    expire_bucket(d)
end

-- A bucket that refills more slowly than when it was saved counts for longer, also when nothing is taken.
local function keep_bucket(d)
    local left = d.kept and call('PTTL', d.key) or -1
    if left >= 0 and (d.max == 0 or left * 1000 < full_at(d) - utc) then
        expire_bucket(d)
    end
end
