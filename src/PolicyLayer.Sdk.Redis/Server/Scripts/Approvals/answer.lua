-- Answers for a person, where the answer still counts. ARGV: the name, the answer, and who says so, or nothing.
local id, answer, by = ARGV[2], ARGV[3], ARGV[4]
local found = find(id)
if not found then
    return { 'found' }
end
local status = found[2]
if status == 'Pending' or (status == 'Approved' and answer == 'Denied') then
    call('HSET', kept, 'status:' .. id, answer, 'answered:' .. id, text(utc))
    if by then
        call('HSET', kept, 'by:' .. id, by)
    else
        call('HDEL', kept, 'by:' .. id)
    end
    found = answer == 'Approved' and keep(id) or find(id)
end
return { 'found', found }
