-- The counters of PolicyLayer's limits, and what is asked of them. Times are microseconds since 1970 by this server's clock.
CREATE SCHEMA IF NOT EXISTS policylayer;

-- Indexes are made with their tables: to ask for one that is there locks its table, and who installs must not wait for who reserves, nor the other way round.
DO $$
BEGIN
    IF to_regclass('policylayer.counter') IS NULL THEN
        CREATE TABLE policylayer.counter (
            key text PRIMARY KEY,
            -- sliding: each admission, or several of one slice, with the first and the last of its moments, and some that have left the window
            -- token bucket: the last moment of calls that get nothing back; and the maximum and the burst by which it was last charged
            firsts bigint[] NOT NULL DEFAULT '{}',
            lasts bigint[] NOT NULL DEFAULT '{}',
            amounts numeric[] NOT NULL DEFAULT '{}',
            -- fixed: what counts; sliding: what is there; token bucket: millionths of a token times the microseconds of the window
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
