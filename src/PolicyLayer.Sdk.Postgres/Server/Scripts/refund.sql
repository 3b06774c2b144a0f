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

-- Lengthens the leases of hosts that have not lapsed, and forgets those that have.
CREATE OR REPLACE FUNCTION policylayer.renew(p_hosts uuid[], p_lease bigint, p_clock bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    utc bigint := coalesce(p_clock, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint);
BEGIN
    UPDATE policylayer.host SET until = greatest(until, utc + p_lease) WHERE id = ANY (p_hosts) AND until > utc;
    DELETE FROM policylayer.host WHERE id IN (SELECT id FROM policylayer.host WHERE until <= utc FOR UPDATE SKIP LOCKED);
END
$$;
