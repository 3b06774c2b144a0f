-- All there are, in no order.
local all = { 'found' }
for _, id in ipairs(call('ZRANGEBYSCORE', ends, '(' .. text(utc), '+inf')) do
    all[#all + 1] = find(id)
end
return all
