-- Every question to the server begins here. Times are microseconds since 1970 by this server's clock.
-- KEYS: the hosts, the epoch, then for each demand its counter. ARGV: the question, the epoch as the asker knows it, the host, the length of a lease, the clock of a test or nothing; then what the question needs.
-- What is rarely needed is made when it is needed, for Lua makes every function anew at every call.
local call, tonumber, format, floor, max = redis.call, tonumber, string.format, math.floor, math.max
local question, epoch, host, lease, utc = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[5])
if not utc then
    local time = call('TIME')
    utc = tonumber(time[1]) * 1000000 + tonumber(time[2])
end

-- The epoch says which history these counters have. When it is gone, so are they, and only those who remember it know: from then on a window is as if it were full until it has passed.
local known = call('GET', KEYS[2]) or ''
if question == 'begin' then
    local fresh = string.sub(known, -2) == ':0'
    if known == '' or (epoch ~= '' and known ~= epoch and fresh) then
        known = host .. ':' .. (epoch == '' and '0' or string.format('%.0f', utc))
        call('SET', KEYS[2], known)
    end
    return { 'epoch', known }
end
if known == '' or known ~= epoch then
    return { 'epoch', known }
end
