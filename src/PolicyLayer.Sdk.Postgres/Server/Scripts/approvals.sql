
-- Calls that wait for a person's approval, and what became of them. Times are microseconds since 1970 by this server's clock.
DO $$
BEGIN
    IF to_regclass('policylayer.approval') IS NULL THEN
        CREATE TABLE policylayer.approval (
            id text PRIMARY KEY,
            fingerprint text NOT NULL,
            grant_id text NOT NULL,
            -- pending, approved, denied or used
            status text NOT NULL,
            asked bigint NOT NULL,
            -- from when on it counts no more
            expires bigint NOT NULL,
            answered bigint,
            answered_by text,
            -- what was asked, as JSON in which all but ASCII is escaped
            details text NOT NULL
        );
    END IF;
END
$$;

-- Begins whatever changes approvals: one at a time, so that nothing is used twice and the bound is exact, and without those that have expired. Says what time it is.
-- The lock is one of two numbers, which no counter's is.
CREATE OR REPLACE FUNCTION policylayer.enter_approvals(p_clock bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    utc bigint;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'approvals need the isolation level read committed';
    END IF;
    PERFORM pg_advisory_xact_lock(7239019, 0);
    utc := coalesce(p_clock, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint);
    DELETE FROM policylayer.approval WHERE expires <= utc;
    RETURN utc;
END
$$;

-- Uses the approval of a call and says that it was approved, or says what else became of it, or keeps it from now on. Nothing where so many are kept already, or so many of the grant wait.
CREATE OR REPLACE FUNCTION policylayer.ask_approval(p_id text, p_fingerprint text, p_grant text, p_lifetime bigint, p_details text, p_most bigint, p_most_waiting bigint, p_clock bigint)
RETURNS SETOF policylayer.approval LANGUAGE plpgsql AS $$
DECLARE
    utc bigint := policylayer.enter_approvals(p_clock);
    kept policylayer.approval;
BEGIN
    UPDATE policylayer.approval a SET status = 'used' WHERE a.fingerprint = p_fingerprint AND a.status = 'approved' RETURNING a.* INTO kept;
    IF FOUND THEN
        kept.status := 'approved';
        RETURN NEXT kept;
        RETURN;
    END IF;
    RETURN QUERY SELECT * FROM policylayer.approval a WHERE a.fingerprint = p_fingerprint AND a.status NOT IN ('approved', 'used');
    IF NOT FOUND AND (SELECT count(*) < p_most AND count(*) FILTER (WHERE a.grant_id = p_grant AND a.status = 'pending') < p_most_waiting FROM policylayer.approval a) THEN
        RETURN QUERY INSERT INTO policylayer.approval (id, fingerprint, grant_id, status, asked, expires, details)
        VALUES (p_id, p_fingerprint, p_grant, 'pending', utc, utc + p_lifetime, p_details) RETURNING *;
    END IF;
END
$$;

-- Answers for a person, and says what it is now; nothing where there is none of that name. An approval lasts as long as the call could wait.
CREATE OR REPLACE FUNCTION policylayer.answer_approval(p_id text, p_approved boolean, p_by text, p_clock bigint)
RETURNS SETOF policylayer.approval LANGUAGE plpgsql AS $$
DECLARE
    utc bigint := policylayer.enter_approvals(p_clock);
BEGIN
    UPDATE policylayer.approval a SET
        status = CASE WHEN p_approved THEN 'approved' ELSE 'denied' END,
        expires = CASE WHEN p_approved THEN utc + a.expires - a.asked ELSE a.expires END,
        answered = utc, answered_by = p_by
    WHERE a.id = p_id AND (a.status = 'pending' OR a.status = 'approved' AND NOT p_approved);
    RETURN QUERY SELECT * FROM policylayer.approval a WHERE a.id = p_id;
END
$$;

-- The one of a name, or all where it is null, those that were asked first before the others.
CREATE OR REPLACE FUNCTION policylayer.find_approvals(p_id text, p_clock bigint) RETURNS SETOF policylayer.approval LANGUAGE sql AS $$
    SELECT * FROM policylayer.approval a
    WHERE (p_id IS NULL OR a.id = p_id) AND a.expires > coalesce(p_clock, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint)
    ORDER BY a.asked, a.id
$$;
