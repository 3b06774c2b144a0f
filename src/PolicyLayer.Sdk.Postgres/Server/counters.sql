-- The counters of PolicyLayer's limits, and what is asked of them. Times are microseconds since 1970 by this server's clock.
CREATE SCHEMA IF NOT EXISTS policylayer;

CREATE TABLE IF NOT EXISTS policylayer.counter (
    key text PRIMARY KEY,
    -- sliding: each admission, or several of one slice, with the first and the last of its moments
    firsts bigint[] NOT NULL DEFAULT '{}',
    lasts bigint[] NOT NULL DEFAULT '{}',
    amounts numeric[] NOT NULL DEFAULT '{}',
    -- sliding and fixed: what counts; token bucket: millionths of a token times the microseconds of the window
    total numeric NOT NULL DEFAULT 0,
    -- fixed: where the window begins; token bucket: until when it has refilled
    at bigint,
    -- when it counts no more
    idle bigint NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS counter_idle ON policylayer.counter (idle);

-- Hosts that hold places of limits on calls that run at once, until their lease lapses.
CREATE TABLE IF NOT EXISTS policylayer.host (id uuid PRIMARY KEY, until bigint NOT NULL);
CREATE TABLE IF NOT EXISTS policylayer.place (
    key text NOT NULL,
    host uuid NOT NULL REFERENCES policylayer.host (id) ON DELETE CASCADE,
    places numeric NOT NULL,
    PRIMARY KEY (key, host)
);
CREATE INDEX IF NOT EXISTS place_host ON policylayer.place (host);

CREATE OR REPLACE FUNCTION policylayer.window_start(now bigint, span bigint, unit text) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN unit = 'FromEpoch' THEN now - mod(now, span)
        ELSE (extract(epoch FROM date_trunc(lower(unit), to_timestamp(0) AT TIME ZONE 'UTC' + now * interval '1 microsecond')) * 1000000)::bigint END
$$;

CREATE OR REPLACE FUNCTION policylayer.window_end(start bigint, span bigint, unit text) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN unit <> 'Month' THEN start + span
        ELSE (extract(epoch FROM to_timestamp(0) AT TIME ZONE 'UTC' + start * interval '1 microsecond' + interval '1 month') * 1000000)::bigint END
$$;

-- A counter as it is at a moment: windows have ended, buckets have refilled.
CREATE OR REPLACE FUNCTION policylayer.advance(
    c policylayer.counter, algorithm text, now bigint, utc bigint, span bigint, unit text, max numeric, burst numeric
) RETURNS policylayer.counter LANGUAGE plpgsql STABLE AS $$
DECLARE
    gone integer := 0;
    capacity numeric;
BEGIN
    IF algorithm = 'Sliding' THEN
        WHILE gone < cardinality(c.lasts) AND now - c.lasts[gone + 1] >= span LOOP
            gone := gone + 1;
            c.total := c.total - c.amounts[gone];
        END LOOP;
        IF gone > 0 THEN
            c.firsts := c.firsts[gone + 1:];
            c.lasts := c.lasts[gone + 1:];
            c.amounts := c.amounts[gone + 1:];
        END IF;
    ELSIF algorithm = 'Fixed' THEN
        IF c.at IS NULL OR policylayer.window_start(utc, span, unit) > c.at THEN
            c.at := policylayer.window_start(utc, span, unit);
            c.total := 0;
        END IF;
    ELSIF algorithm = 'TokenBucket' THEN
        capacity := trunc(burst * 1000000) * span;
        c.total := least(capacity, CASE WHEN c.at IS NULL THEN capacity ELSE c.total + greatest(0, now - c.at) * trunc(max * 1000000) END);
        c.at := greatest(now, c.at);
    END IF;
    RETURN c;
END
$$;

-- Reserves every demand, or none; with p_charge = false it only looks.
CREATE OR REPLACE FUNCTION policylayer.reserve(
    p_keys text[], p_algorithms text[], p_spans bigint[], p_units text[], p_maxima numeric[], p_bursts numeric[], p_amounts numeric[], p_charges boolean[],
    p_charge boolean, p_host uuid, p_lease bigint, p_clock bigint,
    OUT refused integer, OUT remaining numeric, OUT wait bigint, OUT stamp bigint, OUT utc bigint
) LANGUAGE plpgsql AS $$
DECLARE
    states policylayer.counter[] := '{}';
    s policylayer.counter;
    fits boolean;
    one bigint;
    held numeric;
    lock_of bigint;
    slice bigint;
    filled integer;
    needed numeric;
    in_vain boolean := false;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'counters need the isolation level read committed';
    END IF;
    IF p_charge THEN
        FOR lock_of IN SELECT DISTINCT hashtextextended(k, 7239017) FROM unnest(p_keys) k ORDER BY 1 LOOP
            PERFORM pg_advisory_xact_lock(lock_of);
        END LOOP;
    END IF;

    IF p_charge OR cardinality(p_keys) = 1 THEN
        FOR i IN 1..cardinality(p_keys) LOOP
            SELECT * INTO s FROM policylayer.counter c WHERE c.key = p_keys[i];
            states[i] := s;
        END LOOP;
    ELSE
        -- Without locks one look at all of them, so that nobody's reservation is seen in part.
        SELECT array_agg(c ORDER BY k.i) INTO states
        FROM unnest(p_keys) WITH ORDINALITY k (key, i) LEFT JOIN policylayer.counter c ON c.key = k.key;
    END IF;

    utc := coalesce(p_clock, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint);
    stamp := utc;
    FOR i IN 1..cardinality(p_keys) LOOP
        s := states[i];
        IF s.key IS NULL THEN
            s := ROW(p_keys[i], '{}', '{}', '{}', 0, NULL, 0)::policylayer.counter;
            states[i] := s;
        END IF;
        stamp := greatest(stamp, s.lasts[cardinality(s.lasts)], CASE WHEN p_algorithms[i] = 'TokenBucket' THEN s.at END);
    END LOOP;

    FOR i IN 1..cardinality(p_keys) LOOP
        s := policylayer.advance(states[i], p_algorithms[i], stamp, utc, p_spans[i], p_units[i], p_maxima[i], p_bursts[i]);
        states[i] := s;
        needed := p_amounts[i];
        one := NULL;
        IF p_algorithms[i] = 'TokenBucket' THEN
            needed := p_amounts[i] * 1000000 * p_spans[i];
            fits := needed <= s.total;
            IF NOT fits AND needed <= trunc(p_bursts[i] * 1000000) * p_spans[i] AND p_maxima[i] > 0 THEN
                one := div(needed - s.total + trunc(p_maxima[i] * 1000000) - 1, trunc(p_maxima[i] * 1000000));
            END IF;
            held := div(s.total, p_spans[i]) / 1000000;
        ELSIF p_algorithms[i] = 'Concurrent' THEN
            SELECT coalesce(sum(p.places), 0) INTO held FROM policylayer.place p JOIN policylayer.host h ON h.id = p.host WHERE p.key = p_keys[i] AND h.until > utc;
            fits := held + needed <= p_maxima[i];
            held := greatest(0, p_maxima[i] - held);
        ELSE
            fits := s.total + needed <= p_maxima[i];
            held := greatest(0, p_maxima[i] - s.total);
            IF NOT fits AND p_algorithms[i] = 'Fixed' AND needed <= p_maxima[i] THEN
                one := greatest(0, policylayer.window_end(s.at, p_spans[i], p_units[i]) - utc);
            ELSIF NOT fits AND p_algorithms[i] = 'Sliding' AND needed <= p_maxima[i] THEN
                needed := s.total + needed;
                FOR j IN 1..cardinality(s.lasts) LOOP
                    needed := needed - s.amounts[j];
                    IF needed <= p_maxima[i] THEN
                        one := s.lasts[j] + p_spans[i] - stamp;
                        EXIT;
                    END IF;
                END LOOP;
            END IF;
        END IF;
        IF NOT fits THEN
            IF refused IS NULL THEN
                refused := i - 1;
                remaining := held;
            END IF;
            in_vain := in_vain OR one IS NULL;
            wait := greatest(wait, one);
        END IF;
    END LOOP;
    IF in_vain THEN
        wait := NULL;
    END IF;
    IF refused IS NOT NULL OR NOT p_charge THEN
        RETURN;
    END IF;

    IF p_host IS NOT NULL THEN
        INSERT INTO policylayer.host AS h (id, until) VALUES (p_host, utc + p_lease) ON CONFLICT (id) DO UPDATE SET until = greatest(h.until, excluded.until);
    END IF;
    FOR i IN 1..cardinality(p_keys) LOOP
        CONTINUE WHEN NOT p_charges[i] OR p_amounts[i] = 0;
        IF p_algorithms[i] = 'Concurrent' THEN
            INSERT INTO policylayer.place AS p (key, host, places) VALUES (p_keys[i], p_host, p_amounts[i])
            ON CONFLICT (key, host) DO UPDATE SET places = p.places + excluded.places;
            CONTINUE;
        END IF;
        s := states[i];
        IF p_algorithms[i] = 'TokenBucket' THEN
            s.total := s.total - p_amounts[i] * 1000000 * p_spans[i];
        ELSIF p_algorithms[i] = 'Fixed' THEN
            s.total := s.total + p_amounts[i];
        ELSE
            s.total := s.total + p_amounts[i];
            filled := cardinality(s.lasts);
            slice := greatest(1, p_spans[i] / 60);
            IF filled >= 1000 AND stamp / slice = s.lasts[filled] / slice THEN
                s.lasts[filled] := stamp;
                s.amounts[filled] := s.amounts[filled] + p_amounts[i];
            ELSE
                s.firsts := s.firsts || stamp;
                s.lasts := s.lasts || stamp;
                s.amounts := s.amounts || p_amounts[i];
            END IF;
        END IF;
        PERFORM policylayer.save(s, p_algorithms[i], p_spans[i], p_units[i], p_maxima[i], p_bursts[i], utc);
    END LOOP;
END
$$;

-- Writes a counter, and takes out a few that count no more when it is new.
CREATE OR REPLACE FUNCTION policylayer.save(c policylayer.counter, algorithm text, span bigint, unit text, max numeric, burst numeric, utc bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    rate numeric := trunc(max * 1000000);
BEGIN
    c.idle := CASE algorithm
        WHEN 'Sliding' THEN coalesce(c.lasts[cardinality(c.lasts)] + span, 0)
        WHEN 'Fixed' THEN policylayer.window_end(c.at, span, unit)
        ELSE CASE WHEN rate = 0 THEN 9223372036854775807 ELSE least(9223372036854775807, c.at + div(trunc(burst * 1000000) * span - c.total + rate - 1, rate))::bigint END
    END;
    UPDATE policylayer.counter k SET firsts = c.firsts, lasts = c.lasts, amounts = c.amounts, total = c.total, at = c.at, idle = c.idle WHERE k.key = c.key;
    IF NOT FOUND THEN
        INSERT INTO policylayer.counter VALUES (c.key, c.firsts, c.lasts, c.amounts, c.total, c.at, c.idle);
        DELETE FROM policylayer.counter WHERE key IN (
            SELECT key FROM policylayer.counter WHERE idle <= utc AND key <> c.key ORDER BY idle LIMIT 4 FOR UPDATE SKIP LOCKED);
    END IF;
END
$$;

-- Gives back what was charged at a moment.
CREATE OR REPLACE FUNCTION policylayer.refund(
    p_keys text[], p_algorithms text[], p_spans bigint[], p_units text[], p_maxima numeric[], p_bursts numeric[], p_amounts numeric[],
    p_stamp bigint, p_utc bigint, p_host uuid, p_clock bigint
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    s policylayer.counter;
    utc bigint;
    lock_of bigint;
    due numeric;
    back numeric;
BEGIN
    FOR lock_of IN SELECT DISTINCT hashtextextended(k, 7239017) FROM unnest(p_keys) k ORDER BY 1 LOOP
        PERFORM pg_advisory_xact_lock(lock_of);
    END LOOP;
    utc := coalesce(p_clock, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint);
    FOR i IN 1..cardinality(p_keys) LOOP
        IF p_algorithms[i] = 'Concurrent' THEN
            UPDATE policylayer.place SET places = places - p_amounts[i] WHERE key = p_keys[i] AND host = p_host;
            DELETE FROM policylayer.place WHERE key = p_keys[i] AND host = p_host AND places <= 0;
            CONTINUE;
        END IF;
        SELECT * INTO s FROM policylayer.counter c WHERE c.key = p_keys[i];
        CONTINUE WHEN NOT FOUND;
        s := policylayer.advance(
            s, p_algorithms[i], greatest(utc, s.lasts[cardinality(s.lasts)], CASE WHEN p_algorithms[i] = 'TokenBucket' THEN s.at END), utc,
            p_spans[i], p_units[i], p_maxima[i], p_bursts[i]);
        IF p_algorithms[i] = 'TokenBucket' THEN
            s.total := least(trunc(p_bursts[i] * 1000000) * p_spans[i], s.total + p_amounts[i] * 1000000 * p_spans[i]);
        ELSIF p_algorithms[i] = 'Fixed' THEN
            IF policylayer.window_start(p_utc, p_spans[i], p_units[i]) = s.at THEN
                s.total := greatest(0, s.total - p_amounts[i]);
            END IF;
        ELSE
            due := p_amounts[i];
            FOR j IN 1..cardinality(s.lasts) LOOP
                EXIT WHEN due = 0 OR s.firsts[j] > p_stamp;
                IF s.lasts[j] >= p_stamp THEN
                    back := least(due, s.amounts[j]);
                    s.amounts[j] := s.amounts[j] - back;
                    s.total := s.total - back;
                    due := due - back;
                END IF;
            END LOOP;
            SELECT coalesce(array_agg(f ORDER BY n), '{}'), coalesce(array_agg(l ORDER BY n), '{}'), coalesce(array_agg(a ORDER BY n), '{}')
            INTO s.firsts, s.lasts, s.amounts
            FROM unnest(s.firsts, s.lasts, s.amounts) WITH ORDINALITY e (f, l, a, n) WHERE a <> 0;
        END IF;
        PERFORM policylayer.save(s, p_algorithms[i], p_spans[i], p_units[i], p_maxima[i], p_bursts[i], utc);
    END LOOP;
END
$$;

-- Lengthens the leases of hosts that have not lapsed, and forgets those that have.
CREATE OR REPLACE FUNCTION policylayer.renew(p_hosts uuid[], p_lease bigint, p_clock bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    utc bigint := coalesce(p_clock, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint);
BEGIN
    UPDATE policylayer.host SET until = greatest(until, utc + p_lease) WHERE id = ANY (p_hosts) AND until > utc;
    DELETE FROM policylayer.host WHERE id IN (SELECT id FROM policylayer.host WHERE until <= utc FOR UPDATE SKIP LOCKED);
END
$$;

-- Last, so that whoever finds it finds the rest.
CREATE OR REPLACE FUNCTION policylayer.version() RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';
