-- Where windows begin and end. Weeks and months are those of UTC.
local DAY = 86400000000
local calendar

local function months()
    if calendar then
        return calendar
    end

    calendar = {}

    -- Days since 1970 of the first of a month.
    function calendar.first_of(year, month)
        local y = month <= 2 and year - 1 or year
        local era = floor(y / 400)
        local yoe = y - era * 400
        local doy = floor((153 * (month + (month > 2 and -3 or 9)) + 2) / 5)
        local doe = yoe * 365 + floor(yoe / 4) - floor(yoe / 100) + doy
        return era * 146097 + doe - 719468
    end

    -- The year and the month of a day.
    function calendar.month_of(day)
        local z = day + 719468
        local era = floor(z / 146097)
        local doe = z - era * 146097
        local yoe = floor((doe - floor(doe / 1460) + floor(doe / 36524) - floor(doe / 146096)) / 365)
        local doy = doe - (365 * yoe + floor(yoe / 4) - floor(yoe / 100))
        local mp = floor((5 * doy + 2) / 153)
        local month = mp < 10 and mp + 3 or mp - 9
        return yoe + era * 400 + (month <= 2 and 1 or 0), month
    end

    return calendar
end

local function window_start(now, span, unit)
    if unit == 'FromEpoch' then
        return now - now % span
    end
    local day = floor(now / DAY)
    if unit == 'Week' then
        return (day - (day + 3) % 7) * DAY
    end
    return months().first_of(months().month_of(day)) * DAY
end

local function window_end(start, span, unit)
    if unit ~= 'Month' then
        return start + span
    end
    local year, month = months().month_of(floor(start / DAY))
    return months().first_of(month == 12 and year + 1 or year, month % 12 + 1) * DAY
end
