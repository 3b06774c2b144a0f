-- Renews the leases of hosts that are alive. ARGV: how many, and their names.
for i = 7, 6 + tonumber(ARGV[6]) do
    local ends = tonumber(call('HGET', KEYS[1], ARGV[i]) or '0')
    if ends > utc then
        call('HSET', KEYS[1], ARGV[i], max(ends, utc + lease))
    end
end
for _, name in ipairs(call('HKEYS', KEYS[1])) do
    if tonumber(call('HGET', KEYS[1], name)) <= utc then
        call('HDEL', KEYS[1], name)
    end
end
return { 'done' }
