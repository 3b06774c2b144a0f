-- Admits every demand, or none; with p_charge = false it only looks. Where all fit it answers the moment of the charge and the server's time, else which does not, what is left of it and how long to wait, and NULL where there is no place for a new counter.
-- What costs here is the number of statements, and the size of their expressions, which each transaction prepares anew; and an answer that is a row of a table, which is why it is an array. So the plain case is one statement that reads, judges and writes;
-- in any other, of a counter no more is read than its algorithm needs, and it is brought to the present in the same statement.
-- In the plain case a sliding counter that has room even beside the admissions that have left its window keeps them, until eight of sixteen have left or it is written otherwise.
CREATE OR REPLACE FUNCTION policylayer.admit(
    p_keys text[], p_algorithms text[], p_spans bigint[], p_units text[], p_maxima numeric[], p_bursts numeric[], p_amounts numeric[], p_charges boolean[],
    p_charge boolean, p_host uuid, p_lease bigint, p_clock bigint, p_most bigint
) RETURNS numeric[] LANGUAGE plpgsql AS $$
DECLARE
    utc bigint;
    stamp bigint;
    latest bigint;
    first bigint;
    last bigint;
    plain boolean := false;
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
    refused integer;
    remaining numeric;
    wait bigint;
    in_vain boolean := false;
    is_new boolean;
    added bigint;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'counters need the isolation level read committed';
    END IF;

    -- Who only looks takes the locks as well, so that nobody's reservation is seen in part.
    PERFORM pg_advisory_xact_lock(l.lock) FROM (SELECT hashtextextended(k, 7239017) AS lock FROM unnest(p_keys) k ORDER BY 1) l;
    utc := coalesce(p_clock, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint);

    -- The plain case of several: counters that are there, of one algorithm, with room for all; windows that are open, of sliding ones none so full that it joins admissions, and no clock that was ahead, or stands still.
    -- `d.key = p_keys[d.i]` always holds. It has the planner expect one row, whatever the number of keys: so it keeps its plan, and finds each counter by its key however few there are.
    IF p_charge AND cardinality(p_keys) > 1 THEN
        IF 'Fixed' = ALL (p_algorithms) THEN
            UPDATE policylayer.counter c SET total = c.total + p_amounts[d.i]
            FROM unnest(p_keys) WITH ORDINALITY d (key, i)
            WHERE c.key = d.key AND d.key = p_keys[d.i] AND p_charges[d.i] AND p_amounts[d.i] <> 0 AND cardinality(p_keys) = (
                SELECT count(*) FROM unnest(p_keys) WITH ORDINALITY d (key, i) JOIN policylayer.counter c ON c.key = d.key
                WHERE d.key = p_keys[d.i] AND c.idle > utc AND c.total + p_amounts[d.i] <= p_maxima[d.i]);
            plain := FOUND;
        ELSIF 'Sliding' = ALL (p_algorithms) THEN
            UPDATE policylayer.counter c SET
                firsts = c.firsts || utc,
                lasts = c.lasts || utc,
                amounts = c.amounts || p_amounts[d.i],
                total = c.total + p_amounts[d.i],
                idle = CASE WHEN c.idle >= utc + p_spans[d.i] THEN c.idle ELSE least(9223372036854775807, utc::numeric + p_spans[d.i] + p_spans[d.i] / 8) END
            FROM unnest(p_keys) WITH ORDINALITY d (key, i)
            WHERE c.key = d.key AND d.key = p_keys[d.i] AND p_charges[d.i] AND p_amounts[d.i] <> 0 AND cardinality(p_keys) = (
                SELECT count(*) FROM unnest(p_keys) WITH ORDINALITY d (key, i) JOIN policylayer.counter c ON c.key = d.key
                WHERE d.key = p_keys[d.i] AND c.lasts[cardinality(c.lasts)] < utc AND c.total + p_amounts[d.i] <= p_maxima[d.i]
                    AND cardinality(c.lasts) < 1000 AND (cardinality(c.lasts) % 16 <> 0 OR c.lasts[8] > utc - p_spans[d.i]));
            plain := FOUND;
        END IF;
        IF plain THEN
            RETURN ARRAY[utc, utc];
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
    IF refused IS NOT NULL THEN
        RETURN ARRAY[refused, remaining, wait];
    END IF;
    IF NOT p_charge THEN
        RETURN ARRAY[stamp, utc];
    END IF;

    IF is_new THEN
        SELECT count(DISTINCT d.key) INTO added FROM unnest(p_keys, p_algorithms, p_charges, p_amounts) d (key, algorithm, charges, amount)
        WHERE d.charges AND d.amount <> 0 AND d.algorithm <> 'Concurrent' AND NOT EXISTS (SELECT FROM policylayer.counter c WHERE c.key = d.key);
        IF added > 0 AND NOT policylayer.take_places(added, p_most, utc, p_keys) THEN
            RETURN NULL;
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
    RETURN ARRAY[stamp, utc];
END
$$;

-- Admits one demand of a fixed or sliding limit, which it charges: what most calls ask. It answers as `admit` does, by one statement in the plain case.
CREATE OR REPLACE FUNCTION policylayer.admit_one(
    p_key text, p_algorithm text, p_span bigint, p_unit text, p_max numeric, p_burst numeric, p_amount numeric, p_clock bigint, p_most bigint
) RETURNS numeric[] LANGUAGE plpgsql AS $$
DECLARE
    utc bigint;
    locked boolean;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'counters need the isolation level read committed';
    END IF;

    -- An expression, which costs less than a statement.
    locked := pg_advisory_xact_lock(hashtextextended(p_key, 7239017)) IS NOT NULL;
    utc := coalesce(p_clock, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint);
    IF p_algorithm = 'Fixed' THEN
        UPDATE policylayer.counter c SET total = c.total + p_amount
        WHERE c.key = p_key AND p_amount <> 0 AND c.idle > utc AND c.total + p_amount <= p_max;
    ELSE
        UPDATE policylayer.counter c SET
            firsts = c.firsts || utc,
            lasts = c.lasts || utc,
            amounts = c.amounts || p_amount,
            total = c.total + p_amount,
            idle = CASE WHEN c.idle >= utc + p_span THEN c.idle ELSE least(9223372036854775807, utc::numeric + p_span + p_span / 8) END
        WHERE c.key = p_key AND p_amount <> 0 AND c.lasts[cardinality(c.lasts)] < utc AND c.total + p_amount <= p_max
            AND cardinality(c.lasts) < 1000 AND (cardinality(c.lasts) % 16 <> 0 OR c.lasts[8] > utc - p_span);
    END IF;
    IF FOUND THEN
        RETURN ARRAY[utc, utc];
    END IF;
    RETURN policylayer.admit(
        ARRAY[p_key], ARRAY[p_algorithm], ARRAY[p_span], ARRAY[p_unit], ARRAY[p_max], ARRAY[p_burst], ARRAY[p_amount], ARRAY[true], true, NULL, 0, p_clock, p_most);
END
$$;
