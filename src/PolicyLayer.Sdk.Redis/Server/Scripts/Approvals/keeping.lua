-- How approvals are written. What has expired is taken out before anything else.
for _, id in ipairs(call('ZRANGEBYSCORE', ends, '-inf', text(utc))) do
    local fingerprint = call('HGET', kept, 'fingerprint:' .. id)
    if fingerprint and call('HGET', kept, 'call:' .. fingerprint) == id then
        call('HDEL', kept, 'call:' .. fingerprint)
    end
    call('HDEL', kept, 'details:' .. id, 'fingerprint:' .. id, 'grant:' .. id, 'lifetime:' .. id, 'status:' .. id, 'asked:' .. id, 'answered:' .. id, 'by:' .. id)
    call('ZREM', ends, id)
end

-- Keeps one until its lifetime has passed from now, and tells it. The server may forget all of them a minute after the last has expired.
local function keep(id)
    local ended = utc + tonumber(call('HGET', kept, 'lifetime:' .. id))
    call('ZADD', ends, text(ended), id)
    local last = tonumber(call('ZREVRANGE', ends, 0, 0, 'WITHSCORES')[2])
    local left = text(math.ceil(math.max(0, last - utc) / 1000) + 60000)
    call('PEXPIRE', kept, left)
    call('PEXPIRE', ends, left)
    return tell(id, ended)
end
