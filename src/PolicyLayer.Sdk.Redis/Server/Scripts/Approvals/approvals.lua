-- Every question about approvals begins here. Times are microseconds since 1970 by this server's clock.
-- KEYS: a hash of what is kept, and the sorted set of its names by the times when each ends: what has no time there, or one that has passed, is not there. ARGV: the clock of a test or nothing; then what the question needs.
-- The hash has eight fields for each name, and for each fingerprint that is not used up the name under which it is kept.
local call, format = redis.call, string.format
local kept, ends, utc = KEYS[1], KEYS[2], tonumber(ARGV[1])
if not utc then
    local time = call('TIME')
    utc = tonumber(time[1]) * 1000000 + tonumber(time[2])
end

-- Lua would write some of them with an exponent.
local function text(micros)
    return format('%.0f', micros)
end

-- All that is kept under a name, and when it ends.
local function tell(id, ended)
    local told = call('HMGET', kept, 'details:' .. id, 'status:' .. id, 'asked:' .. id, 'answered:' .. id, 'by:' .. id)
    told[6] = text(ended)
    return told
end

-- The same; nothing when it is not there.
local function find(id)
    local ended = tonumber(call('ZSCORE', ends, id) or '0')
    return ended > utc and tell(id, ended) or nil
end
