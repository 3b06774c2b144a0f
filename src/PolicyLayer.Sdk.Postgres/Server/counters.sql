-- The counters of PolicyLayer's limits, and what is asked of them. Times are microseconds since 1970 by this server's clock.
CREATE SCHEMA IF NOT EXISTS policylayer;

-- Indexes are made with their tables: to ask for one that is there locks its table, and who installs must not wait for who reserves, nor the other way round.
DO $$
BEGIN
    IF to_regclass('policylayer.counter') IS NULL THEN
        CREATE TABLE policylayer.counter (
            key text PRIMARY KEY,
            -- sliding: each admission, or several of one slice, with the first and the last of its moments
            -- token bucket: the last moment of calls that get nothing back; and the maximum and the burst by which it was last charged
            firsts bigint[] NOT NULL DEFAULT '{}',
            lasts bigint[] NOT NULL DEFAULT '{}',
            amounts numeric[] NOT NULL DEFAULT '{}',
            -- sliding and fixed: what counts; token bucket: millionths of a token times the microseconds of the window
            total numeric NOT NULL DEFAULT 0,
            -- fixed: where the window begins; token bucket: when it was last charged
            at bigint,
            -- when it counts no more, or somewhat later
            idle bigint NOT NULL DEFAULT 0
        );
        CREATE INDEX counter_idle ON policylayer.counter (idle);
    END IF;

    -- Hosts that hold places of limits on calls that run at once, until their lease lapses.
    IF to_regclass('policylayer.place') IS NULL THEN
        CREATE TABLE policylayer.host (id uuid PRIMARY KEY, until bigint NOT NULL);
        CREATE TABLE policylayer.place (
            key text NOT NULL,
            host uuid NOT NULL REFERENCES policylayer.host (id) ON DELETE CASCADE,
            places numeric NOT NULL,
            PRIMARY KEY (key, host)
        );
        CREATE INDEX place_host ON policylayer.place (host);
    END IF;

    -- How many counters there are, and when they were last counted: a flood of new ones waits for this row and stops at a bound, those that are there do not.
    IF to_regclass('policylayer.size') IS NULL THEN
        CREATE TABLE policylayer.size (one boolean PRIMARY KEY DEFAULT true CHECK (one), counters bigint NOT NULL, counted bigint NOT NULL DEFAULT 0);
        INSERT INTO policylayer.size (counters) SELECT count(*) FROM policylayer.counter;
    END IF;
END
$$;

-- Room beside each counter, so that most writes change its page and no index.
ALTER TABLE policylayer.counter SET (fillfactor = 50);

CREATE OR REPLACE FUNCTION policylayer.window_start(now bigint, span bigint, unit text) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN unit = 'FromEpoch' THEN now - mod(now, span)
        ELSE (extract(epoch FROM date_trunc(lower(unit), to_timestamp(0) AT TIME ZONE 'UTC' + now * interval '1 microsecond')) * 1000000)::bigint END
$$;

CREATE OR REPLACE FUNCTION policylayer.window_end(start bigint, span bigint, unit text) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN unit <> 'Month' THEN start + span
        ELSE (extract(epoch FROM to_timestamp(0) AT TIME ZONE 'UTC' + start * interval '1 microsecond' + interval '1 month') * 1000000)::bigint END
$$;

-- When a bucket is full again, so that it may be forgotten.
CREATE OR REPLACE FUNCTION policylayer.bucket_idle(at bigint, total numeric, rate numeric, capacity numeric) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN rate = 0 THEN 9223372036854775807 ELSE least(9223372036854775807, at + div(capacity - total + rate - 1, rate))::bigint END
$$;

-- Takes out counters that count no more, but none that somebody is at: who has read one will write it, and may hold what the sweeper still waits for.
CREATE OR REPLACE FUNCTION policylayer.sweep(p_utc bigint, p_keys text[], p_most integer) RETURNS bigint LANGUAGE sql AS $$
    WITH old AS MATERIALIZED (
        SELECT key FROM policylayer.counter WHERE idle <= p_utc AND key <> ALL (p_keys) ORDER BY idle LIMIT p_most),
    free AS MATERIALIZED (
        SELECT key FROM old WHERE pg_try_advisory_xact_lock(hashtextextended(key, 7239017))),
    gone AS (
        DELETE FROM policylayer.counter c USING free WHERE c.key = free.key AND c.idle <= p_utc
        RETURNING 1)
    SELECT count(*) FROM gone
$$;

-- Takes places for new counters, in exchange for a few that count no more; false where there is none, for to forget one that counts would refill it.
CREATE OR REPLACE FUNCTION policylayer.take_places(p_added bigint, p_most bigint, p_utc bigint, p_keys text[]) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    filled bigint;
    last_counted bigint;
BEGIN
    UPDATE policylayer.size SET counters = counters + p_added RETURNING counted INTO last_counted;
    UPDATE policylayer.size SET counters = counters - policylayer.sweep(p_utc, p_keys, 4 * p_added::integer) RETURNING counters INTO filled;
    IF filled > p_most THEN
        UPDATE policylayer.size SET counters = counters - policylayer.sweep(p_utc, p_keys, 128) RETURNING counters INTO filled;
    END IF;
    IF filled > p_most AND p_utc NOT BETWEEN last_counted AND last_counted + 60000000 THEN
        -- Somebody may have taken counters out by hand.
        UPDATE policylayer.size SET counters = p_added + (SELECT count(*) FROM policylayer.counter), counted = p_utc RETURNING counters INTO filled;
    END IF;
    IF filled > p_most THEN
        UPDATE policylayer.size SET counters = counters - p_added;
    END IF;
    RETURN filled <= p_most;
END
$$;

CREATE OR REPLACE FUNCTION policylayer.sum_of(p_amounts numeric[]) RETURNS numeric LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    amount numeric;
    total numeric := 0;
BEGIN
    FOREACH amount IN ARRAY p_amounts LOOP
        total := total + amount;
    END LOOP;
    RETURN total;
END
$$;

-- What counts in a sliding window when so many of its first admissions have left. A sum by SQL is prepared by every statement that may need it; this is inlined, and mostly one leaves or none.
CREATE OR REPLACE FUNCTION policylayer.staying(total numeric, amounts numeric[], gone integer) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE gone WHEN 0 THEN total WHEN 1 THEN total - amounts[1] ELSE total - policylayer.sum_of(amounts[1:gone]) END
$$;

-- Reserves every demand, or none; with p_charge = false it only looks. Where there is no place for a new counter, `refused` is -1.
-- What costs here is the number of statements, and the size of their expressions, which each transaction prepares anew. So the plain case is one statement that reads, judges and writes;
-- in any other, of a counter no more is read than its algorithm needs, and it is brought to the present in the same statement.
CREATE OR REPLACE FUNCTION policylayer.reserve(
    p_keys text[], p_algorithms text[], p_spans bigint[], p_units text[], p_maxima numeric[], p_bursts numeric[], p_amounts numeric[], p_charges boolean[],
    p_charge boolean, p_host uuid, p_lease bigint, p_clock bigint, p_most bigint,
    OUT refused integer, OUT remaining numeric, OUT wait bigint, OUT stamp bigint, OUT utc bigint
) LANGUAGE plpgsql AS $$
DECLARE
    latest bigint;
    first bigint;
    last bigint;
    fits boolean;
    held numeric;
    needed numeric;
    -- of each demand what its counter holds now; of fixed ones where the window begins; of sliding ones how many admissions have left, and whether the new one joins the last
    helds numeric[];
    begins bigint[];
    leaving integer[];
    joins boolean[];
    gone integer;
    filled integer;
    one bigint;
    in_vain boolean := false;
    is_new boolean;
    added bigint;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'counters need the isolation level read committed';
    END IF;

    -- Who only looks takes the locks as well, so that nobody's reservation is seen in part.
    IF cardinality(p_keys) = 1 THEN
        PERFORM pg_advisory_xact_lock(hashtextextended(p_keys[1], 7239017));
    ELSE
        PERFORM pg_advisory_xact_lock(l.lock) FROM (SELECT hashtextextended(k, 7239017) AS lock FROM unnest(p_keys) k ORDER BY 1) l;
    END IF;

    utc := coalesce(p_clock, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint);

    -- The plain case: counters that are there, of one algorithm, with room for all; windows that are open, of sliding ones none so full that it joins admissions, and no clock that was ahead, or stands still.
    -- `d.key = p_keys[d.i]` always holds. It has the planner expect one row, whatever the number of keys: so it keeps its plan, and finds each counter by its key however few there are.
    IF p_charge AND p_algorithms[1] = ALL (p_algorithms) AND p_algorithms[1] IN ('Fixed', 'Sliding') THEN
        IF p_algorithms[1] = 'Fixed' THEN
            IF cardinality(p_keys) = 1 THEN
                UPDATE policylayer.counter c SET total = c.total + p_amounts[1]
                WHERE c.key = p_keys[1] AND p_charges[1] AND p_amounts[1] <> 0 AND c.idle > utc AND c.total + p_amounts[1] <= p_maxima[1];
            ELSE
                UPDATE policylayer.counter c SET total = c.total + p_amounts[d.i]
                FROM unnest(p_keys) WITH ORDINALITY d (key, i)
                WHERE c.key = d.key AND d.key = p_keys[d.i] AND p_charges[d.i] AND p_amounts[d.i] <> 0 AND cardinality(p_keys) = (
                    SELECT count(*) FROM unnest(p_keys) WITH ORDINALITY d (key, i) JOIN policylayer.counter c ON c.key = d.key
                    WHERE d.key = p_keys[d.i] AND c.idle > utc AND c.total + p_amounts[d.i] <= p_maxima[d.i]);
            END IF;
        ELSIF cardinality(p_keys) = 1 THEN
            UPDATE policylayer.counter c SET
                firsts = c.firsts[width_bucket(utc - p_spans[1], c.lasts) + 1:] || utc,
                lasts = c.lasts[width_bucket(utc - p_spans[1], c.lasts) + 1:] || utc,
                amounts = c.amounts[width_bucket(utc - p_spans[1], c.lasts) + 1:] || p_amounts[1],
                total = policylayer.staying(c.total, c.amounts, width_bucket(utc - p_spans[1], c.lasts)) + p_amounts[1],
                idle = CASE WHEN c.idle >= utc + p_spans[1] THEN c.idle ELSE least(9223372036854775807, utc::numeric + p_spans[1] + p_spans[1] / 8) END
            WHERE c.key = p_keys[1] AND p_charges[1] AND p_amounts[1] <> 0
                AND c.lasts[cardinality(c.lasts)] < utc AND cardinality(c.lasts) - width_bucket(utc - p_spans[1], c.lasts) < 1000
                AND policylayer.staying(c.total, c.amounts, width_bucket(utc - p_spans[1], c.lasts)) + p_amounts[1] <= p_maxima[1];
        ELSE
            UPDATE policylayer.counter c SET
                firsts = c.firsts[width_bucket(utc - p_spans[d.i], c.lasts) + 1:] || utc,
                lasts = c.lasts[width_bucket(utc - p_spans[d.i], c.lasts) + 1:] || utc,
                amounts = c.amounts[width_bucket(utc - p_spans[d.i], c.lasts) + 1:] || p_amounts[d.i],
                total = policylayer.staying(c.total, c.amounts, width_bucket(utc - p_spans[d.i], c.lasts)) + p_amounts[d.i],
                idle = CASE WHEN c.idle >= utc + p_spans[d.i] THEN c.idle ELSE least(9223372036854775807, utc::numeric + p_spans[d.i] + p_spans[d.i] / 8) END
            FROM unnest(p_keys) WITH ORDINALITY d (key, i)
            WHERE c.key = d.key AND d.key = p_keys[d.i] AND p_charges[d.i] AND p_amounts[d.i] <> 0 AND cardinality(p_keys) = (
                SELECT count(*) FROM unnest(p_keys) WITH ORDINALITY d (key, i) JOIN policylayer.counter c ON c.key = d.key
                WHERE d.key = p_keys[d.i] AND c.lasts[cardinality(c.lasts)] < utc AND cardinality(c.lasts) - width_bucket(utc - p_spans[d.i], c.lasts) < 1000
                    AND policylayer.staying(c.total, c.amounts, width_bucket(utc - p_spans[d.i], c.lasts)) + p_amounts[d.i] <= p_maxima[d.i]);
        END IF;
        IF FOUND THEN
            stamp := utc;
            RETURN;
        END IF;
    END IF;

    latest := utc;
    LOOP
        stamp := latest;
        is_new := false;
        FOR i IN 1..cardinality(p_keys) LOOP
            IF p_algorithms[i] = 'Fixed' THEN
                IF p_units[i] = 'FromEpoch' THEN
                    one := utc - mod(utc, p_spans[i]);
                ELSE
                    one := policylayer.window_start(utc, p_spans[i], p_units[i]);
                END IF;
                SELECT c.total, c.at INTO held, last FROM policylayer.counter c WHERE c.key = p_keys[i];
                IF last >= one THEN
                    helds[i] := held;
                    begins[i] := last;
                ELSE
                    is_new := is_new OR last IS NULL;
                    helds[i] := 0;
                    begins[i] := one;
                END IF;
            ELSIF p_algorithms[i] = 'Sliding' THEN
                SELECT c.total - coalesce((SELECT sum(a) FROM unnest(c.amounts[1:g.gone]) a), 0), c.firsts[cardinality(c.lasts)], c.lasts[cardinality(c.lasts)], g.gone, cardinality(c.lasts) - g.gone
                INTO held, first, last, gone, filled
                FROM policylayer.counter c CROSS JOIN LATERAL (SELECT width_bucket(stamp - p_spans[i], c.lasts) AS gone) g WHERE c.key = p_keys[i];
                is_new := is_new OR filled IS NULL;
                helds[i] := coalesce(held, 0);
                leaving[i] := gone;
                IF filled >= 1000 THEN
                    joins[i] := stamp / greatest(1, p_spans[i] / 60) = last / greatest(1, p_spans[i] / 60);
                ELSE
                    -- A moment that a joined admission ends with has no other: what comes back of it would else be taken from either.
                    joins[i] := coalesce(first < stamp AND last = stamp, false);
                END IF;
                latest := greatest(latest, last);
            ELSIF p_algorithms[i] = 'TokenBucket' THEN
                SELECT least(trunc(p_bursts[i] * 1000000) * p_spans[i], c.total + greatest(0, stamp - c.at) * trunc(p_maxima[i] * 1000000)), c.at
                INTO held, last FROM policylayer.counter c WHERE c.key = p_keys[i];
                is_new := is_new OR last IS NULL;
                helds[i] := coalesce(held, trunc(p_bursts[i] * 1000000) * p_spans[i]);
                latest := greatest(latest, last);
            ELSE
                SELECT coalesce(sum(p.places), 0) INTO held FROM policylayer.place p JOIN policylayer.host h ON h.id = p.host WHERE p.key = p_keys[i] AND h.until > utc;
                helds[i] := held;
            END IF;
        END LOOP;

        -- The last moment that any of them has recorded: a clock that is set back refills nothing.
        EXIT WHEN latest = stamp;
    END LOOP;

    FOR i IN 1..cardinality(p_keys) LOOP
        IF p_algorithms[i] = 'TokenBucket' THEN
            fits := p_amounts[i] * 1000000 * p_spans[i] <= helds[i];
        ELSE
            fits := helds[i] + p_amounts[i] <= p_maxima[i];
        END IF;
        CONTINUE WHEN fits;

        one := NULL;
        IF p_algorithms[i] = 'TokenBucket' THEN
            needed := p_amounts[i] * 1000000 * p_spans[i];
            IF needed <= trunc(p_bursts[i] * 1000000) * p_spans[i] AND p_maxima[i] > 0 THEN
                one := least(9223372036854775807, div(needed - helds[i] + trunc(p_maxima[i] * 1000000) - 1, trunc(p_maxima[i] * 1000000)));
            END IF;
            held := div(helds[i], p_spans[i]) / 1000000;
        ELSE
            held := greatest(0, p_maxima[i] - helds[i]);
            IF p_algorithms[i] = 'Fixed' AND p_amounts[i] <= p_maxima[i] THEN
                one := greatest(0, policylayer.window_end(begins[i], p_spans[i], p_units[i]) - utc);
            ELSIF p_algorithms[i] = 'Sliding' AND p_amounts[i] <= p_maxima[i] THEN
                -- The first admission whose leaving makes room.
                SELECT min(e.last) + p_spans[i] - stamp INTO one FROM (
                    SELECT a.last, sum(a.amount) OVER (ORDER BY a.n) AS left_by_then
                    FROM policylayer.counter c, unnest(c.lasts[leaving[i] + 1:], c.amounts[leaving[i] + 1:]) WITH ORDINALITY a (last, amount, n) WHERE c.key = p_keys[i]
                ) e WHERE helds[i] + p_amounts[i] - e.left_by_then <= p_maxima[i];
            END IF;
        END IF;
        IF refused IS NULL THEN
            refused := i - 1;
            remaining := held;
        END IF;
        in_vain := in_vain OR one IS NULL;
        wait := greatest(wait, one);
    END LOOP;
    IF in_vain THEN
        wait := NULL;
    END IF;
    IF 'TokenBucket' = ANY (p_algorithms) AND (refused IS NOT NULL OR NOT p_charge OR 0 = ANY (p_amounts)) THEN
        -- A bucket that refills more slowly than when it was written counts for longer, also when nothing is taken.
        UPDATE policylayer.counter c SET idle = b.idle
        FROM (SELECT c.key, policylayer.bucket_idle(c.at, c.total, trunc(p_maxima[i] * 1000000), trunc(p_bursts[i] * 1000000) * p_spans[i]) AS idle
            FROM generate_subscripts(p_keys, 1) i JOIN policylayer.counter c ON c.key = p_keys[i] WHERE p_algorithms[i] = 'TokenBucket') b
        WHERE c.key = b.key AND c.idle < b.idle;
    END IF;
    IF refused IS NOT NULL OR NOT p_charge THEN
        RETURN;
    END IF;

    IF is_new THEN
        SELECT count(DISTINCT d.key) INTO added FROM unnest(p_keys, p_algorithms, p_charges, p_amounts) d (key, algorithm, charges, amount)
        WHERE d.charges AND d.amount <> 0 AND d.algorithm <> 'Concurrent' AND NOT EXISTS (SELECT FROM policylayer.counter c WHERE c.key = d.key);
        IF added > 0 AND NOT policylayer.take_places(added, p_most, utc, p_keys) THEN
            refused := -1;
            RETURN;
        END IF;
    END IF;

    IF p_host IS NOT NULL THEN
        INSERT INTO policylayer.host AS h (id, until) VALUES (p_host, utc + p_lease) ON CONFLICT (id) DO UPDATE SET until = greatest(h.until, excluded.until);
    END IF;
    FOR i IN 1..cardinality(p_keys) LOOP
        CONTINUE WHEN NOT p_charges[i] OR p_amounts[i] = 0;
        IF p_algorithms[i] = 'Fixed' THEN
            UPDATE policylayer.counter c SET total = helds[i] + p_amounts[i] WHERE c.key = p_keys[i] AND c.at = begins[i];
            CONTINUE WHEN FOUND;
            INSERT INTO policylayer.counter AS c (key, total, at, idle)
            VALUES (p_keys[i], helds[i] + p_amounts[i], begins[i], policylayer.window_end(begins[i], p_spans[i], p_units[i]))
            ON CONFLICT (key) DO UPDATE SET total = excluded.total, at = excluded.at, idle = excluded.idle;
        ELSIF p_algorithms[i] = 'Sliding' THEN
            one := least(9223372036854775807, stamp::numeric + p_spans[i] + p_spans[i] / 8);
            IF joins[i] THEN
                UPDATE policylayer.counter c SET
                    firsts = c.firsts[leaving[i] + 1:],
                    lasts = c.lasts[leaving[i] + 1:cardinality(c.lasts) - 1] || stamp,
                    amounts = c.amounts[leaving[i] + 1:cardinality(c.lasts) - 1] || c.amounts[cardinality(c.lasts)] + p_amounts[i],
                    total = helds[i] + p_amounts[i], idle = one
                WHERE c.key = p_keys[i];
            ELSE
                UPDATE policylayer.counter c SET
                    firsts = c.firsts[leaving[i] + 1:] || stamp, lasts = c.lasts[leaving[i] + 1:] || stamp, amounts = c.amounts[leaving[i] + 1:] || p_amounts[i],
                    total = helds[i] + p_amounts[i], idle = CASE WHEN c.idle >= stamp + p_spans[i] THEN c.idle ELSE one END
                WHERE c.key = p_keys[i];
            END IF;
            CONTINUE WHEN FOUND;
            INSERT INTO policylayer.counter (key, firsts, lasts, amounts, total, idle) VALUES
                (p_keys[i], ARRAY[stamp], ARRAY[stamp], ARRAY[p_amounts[i]], p_amounts[i], one);
        ELSIF p_algorithms[i] = 'TokenBucket' THEN
            held := helds[i] - p_amounts[i] * 1000000 * p_spans[i];
            one := policylayer.bucket_idle(stamp, held, trunc(p_maxima[i] * 1000000), trunc(p_bursts[i] * 1000000) * p_spans[i]);
            -- One that has become faster or smaller may have had all that was taken before.
            UPDATE policylayer.counter c SET
                total = held, at = stamp, idle = one, amounts = ARRAY[p_maxima[i], p_bursts[i]],
                firsts = CASE WHEN c.amounts[1] >= p_maxima[i] AND c.amounts[2] <= p_bursts[i] THEN c.firsts ELSE ARRAY[c.at] END
            WHERE c.key = p_keys[i];
            CONTINUE WHEN FOUND;
            INSERT INTO policylayer.counter (key, total, at, idle, amounts, firsts) VALUES (p_keys[i], held, stamp, one, ARRAY[p_maxima[i], p_bursts[i]], ARRAY[stamp - 1]);
        ELSE
            INSERT INTO policylayer.place AS p (key, host, places) VALUES (p_keys[i], p_host, p_amounts[i])
            ON CONFLICT (key, host) DO UPDATE SET places = p.places + excluded.places;
        END IF;
    END LOOP;
END
$$;

-- Gives back what was charged at a moment.
CREATE OR REPLACE FUNCTION policylayer.refund(
    p_keys text[], p_algorithms text[], p_spans bigint[], p_units text[], p_maxima numeric[], p_bursts numeric[], p_amounts numeric[],
    p_stamp bigint, p_utc bigint, p_host uuid, p_clock bigint
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    s policylayer.counter;
    lock_of bigint;
    due numeric;
    back numeric;
BEGIN
    FOR lock_of IN SELECT DISTINCT hashtextextended(k, 7239017) FROM unnest(p_keys) k ORDER BY 1 LOOP
        PERFORM pg_advisory_xact_lock(lock_of);
    END LOOP;
    FOR i IN 1..cardinality(p_keys) LOOP
        IF p_algorithms[i] = 'Concurrent' THEN
            UPDATE policylayer.place SET places = places - p_amounts[i] WHERE key = p_keys[i] AND host = p_host;
            DELETE FROM policylayer.place WHERE key = p_keys[i] AND host = p_host AND places <= 0;
        ELSIF p_algorithms[i] = 'Fixed' THEN
            UPDATE policylayer.counter c SET total = greatest(0, c.total - p_amounts[i]) WHERE c.key = p_keys[i] AND c.at = policylayer.window_start(p_utc, p_spans[i], p_units[i]);
        ELSIF p_algorithms[i] = 'TokenBucket' THEN
            -- What had not refilled when it was last charged. How it refills from then on, and what it holds, the limit in force says when it is asked: it need not be the one that was charged.
            UPDATE policylayer.counter c SET total = c.total + greatest(0, p_amounts[i] * 1000000 * p_spans[i] - greatest(0, c.at - p_stamp) * trunc(p_maxima[i] * 1000000))
            WHERE c.key = p_keys[i] AND c.firsts[1] < p_stamp;
        ELSE
            SELECT * INTO s FROM policylayer.counter c WHERE c.key = p_keys[i];
            CONTINUE WHEN NOT FOUND;
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
            UPDATE policylayer.counter c SET (firsts, lasts, amounts) = (
                    SELECT coalesce(array_agg(f ORDER BY n), '{}'), coalesce(array_agg(l ORDER BY n), '{}'), coalesce(array_agg(a ORDER BY n), '{}')
                    FROM unnest(s.firsts, s.lasts, s.amounts) WITH ORDINALITY e (f, l, a, n) WHERE a <> 0),
                total = s.total
            WHERE c.key = p_keys[i];
        END IF;
    END LOOP;
END
$$;

-- What version 1 had besides.
DROP FUNCTION IF EXISTS policylayer.reserve(text[], text[], bigint[], text[], numeric[], numeric[], numeric[], boolean[], boolean, uuid, bigint, bigint);
DROP FUNCTION IF EXISTS policylayer.save(policylayer.counter, text, bigint, text, numeric, numeric, bigint);
DROP FUNCTION IF EXISTS policylayer.advance(policylayer.counter, text, bigint, bigint, bigint, text, numeric, numeric);

-- Lengthens the leases of hosts that have not lapsed, and forgets those that have.
CREATE OR REPLACE FUNCTION policylayer.renew(p_hosts uuid[], p_lease bigint, p_clock bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    utc bigint := coalesce(p_clock, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint);
BEGIN
    UPDATE policylayer.host SET until = greatest(until, utc + p_lease) WHERE id = ANY (p_hosts) AND until > utc;
    DELETE FROM policylayer.host WHERE id IN (SELECT id FROM policylayer.host WHERE until <= utc FOR UPDATE SKIP LOCKED);
END
$$;
