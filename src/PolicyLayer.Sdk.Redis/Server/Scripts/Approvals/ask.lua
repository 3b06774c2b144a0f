-- Puts a call before people, or says what became of the same call before. ARGV: its name, its fingerprint, what is asked, its lifetime, and how many may be kept.
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
if call('ZCARD', ends) >= tonumber(ARGV[6]) then
    return { 'full' }
end
if call('ZSCORE', ends, id) then
    return { 'taken' }
end
call('HSET', kept, 'call:' .. fingerprint, id, 'details:' .. id, ARGV[4], 'fingerprint:' .. id, fingerprint, 'lifetime:' .. id, ARGV[5], 'status:' .. id, 'Pending', 'asked:' .. id, text(utc))
return { 'found', keep(id) }
