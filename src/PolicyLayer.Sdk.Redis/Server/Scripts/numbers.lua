-- Natural numbers of any size. Lua's own are exact below 2^53 and are used there; larger ones are tables of seven digits in each place, the lowest first.
local EXACT, BASE = 9007199254740992, 10000000
local places

-- What takes tables, made when the first of them comes.
local function large()
    if places then
        return places
    end

    places = {}

    function places.of(n)
        local list = n
        if type(n) == 'number' then
            list = {}
            while n > 0 do
                list[#list + 1] = n % BASE
                n = floor(n / BASE)
            end
        end
        return list
    end

    -- A table that Lua can hold as a number becomes one, so that zero and all other small numbers are what they look like.
    function places.close(n)
        while #n > 0 and n[#n] == 0 do
            n[#n] = nil
        end
        return #n > 2 and n or (n[2] or 0) * BASE + (n[1] or 0)
    end

    function places.parse(text)
        local n = {}
        for last = #text, 1, -7 do
            n[#n + 1] = tonumber(string.sub(text, max(1, last - 6), last))
        end
        return places.close(n)
    end

    function places.text(n)
        local parts = { tostring(n[#n]) }
        for i = #n - 1, 1, -1 do
            parts[#parts + 1] = format('%07d', n[i])
        end
        return table.concat(parts)
    end

    function places.compare(a, b)
        if #a ~= #b then
            return #a < #b and -1 or 1
        end
        for i = #a, 1, -1 do
            if a[i] ~= b[i] then
                return a[i] < b[i] and -1 or 1
            end
        end
        return 0
    end

    function places.add(a, b)
        local sum, carry = {}, 0
        for i = 1, max(#a, #b) do
            local one = (a[i] or 0) + (b[i] or 0) + carry
            carry = one >= BASE and 1 or 0
            sum[i] = one - carry * BASE
        end
        sum[#sum + 1] = carry
        return places.close(sum)
    end

    -- a - b; a is not below b.
    function places.less(a, b)
        local rest, borrow = {}, 0
        for i = 1, #a do
            local one = a[i] - (b[i] or 0) - borrow
            borrow = one < 0 and 1 or 0
            rest[i] = one + borrow * BASE
        end
        return places.close(rest)
    end

    function places.times(a, b)
        local product = {}
        for i = 1, #a + #b do
            product[i] = 0
        end
        for i = 1, #a do
            local carry = 0
            for j = 1, #b do
                local one = product[i + j - 1] + a[i] * b[j] + carry
                carry = floor(one / BASE)
                product[i + j - 1] = one - carry * BASE
            end
            product[i + #b] = carry
        end
        return places.close(product)
    end

    return places
end

local function parse(text)
    return (#text < 16 or (#text == 16 and text < '9007199254740992')) and tonumber(text) or large().parse(text)
end

local function text(n)
    return type(n) == 'number' and format('%.0f', n) or large().text(n)
end

local function compare(a, b)
    if type(a) == 'number' and type(b) == 'number' then
        return a < b and -1 or (a > b and 1 or 0)
    end
    return large().compare(places.of(a), places.of(b))
end

local function add(a, b)
    if type(a) == 'number' and type(b) == 'number' and a + b < EXACT then
        return a + b
    end
    return large().add(places.of(a), places.of(b))
end

-- a - b, or zero when b is more.
local function less(a, b)
    if type(a) == 'number' and type(b) == 'number' then
        return max(0, a - b)
    end
    return compare(a, b) <= 0 and 0 or large().less(places.of(a), places.of(b))
end

local function times(a, b)
    if type(a) == 'number' and type(b) == 'number' and a * b < EXACT then
        return a * b
    end
    return large().times(places.of(a), places.of(b))
end

local function smaller(a, b)
    return compare(a, b) < 0 and a or b
end
