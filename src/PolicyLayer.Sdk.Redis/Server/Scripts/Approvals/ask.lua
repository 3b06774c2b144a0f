-- Puts a call before people, or says what became of the same call before. ARGV: its name, its fingerprint, what is asked, its lifetime, how many may be kept, its grant, and how many of a grant may wait.
local id, fingerprint = ARGV[2], ARGV[3]
local known = call('HGET', kept, 'call:' .. fingerprint)
local found = known and find(known)
if found then
    -- One caller gets an approval; it is told as it was before that.
    if found[2] == 'Approved' then
        call('HSET', kept, 'status:' .. known, 'Used')
        call('HDEL', kept, 'call:' .. fingerprint)
    end
    return { 'found', found }
end
local grant, most_waiting = ARGV[7], tonumber(ARGV[8])
local there = call('ZCARD', ends)
local waiting = 0
if there >= most_waiting then
    for _, other in ipairs(call('ZRANGE', ends, 0, -1)) do
        local told = call('HMGET', kept, 'grant:' .. other, 'status:' .. other)
        waiting = waiting + (told[1] == grant and told[2] == 'Pending' and 1 or 0)
    end
end
if there >= tonumber(ARGV[6]) or waiting >= most_waiting then
    return { 'full' }
end
if call('ZSCORE', ends, id) then
    return { 'taken' }
end
call('HSET', kept, 'call:' .. fingerprint, id, 'details:' .. id, ARGV[4], 'fingerprint:' .. id, fingerprint, 'grant:' .. id, grant, 'lifetime:' .. id, ARGV[5], 'status:' .. id, 'Pending', 'asked:' .. id, text(utc))
return { 'found', keep(id) }
