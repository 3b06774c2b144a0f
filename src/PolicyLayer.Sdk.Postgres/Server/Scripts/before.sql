-- What hosts of version 9 and before ask.
CREATE OR REPLACE FUNCTION policylayer.reserve(
    p_keys text[], p_algorithms text[], p_spans bigint[], p_units text[], p_maxima numeric[], p_bursts numeric[], p_amounts numeric[], p_charges boolean[],
    p_charge boolean, p_host uuid, p_lease bigint, p_clock bigint, p_most bigint,
    OUT refused integer, OUT remaining numeric, OUT wait bigint, OUT stamp bigint, OUT utc bigint
) LANGUAGE plpgsql AS $$
DECLARE
    answer numeric[] := policylayer.admit(p_keys, p_algorithms, p_spans, p_units, p_maxima, p_bursts, p_amounts, p_charges, p_charge, p_host, p_lease, p_clock, p_most);
BEGIN
    IF answer IS NULL THEN
        refused := -1;
    ELSIF cardinality(answer) = 2 THEN
        stamp := answer[1];
        utc := answer[2];
    ELSE
        refused := answer[1];
        remaining := answer[2];
        wait := answer[3];
    END IF;
END
$$;

-- What version 1 had besides.
DROP FUNCTION IF EXISTS policylayer.reserve(text[], text[], bigint[], text[], numeric[], numeric[], numeric[], boolean[], boolean, uuid, bigint, bigint);
DROP FUNCTION IF EXISTS policylayer.save(policylayer.counter, text, bigint, text, numeric, numeric, bigint);
DROP FUNCTION IF EXISTS policylayer.advance(policylayer.counter, text, bigint, bigint, bigint, text, numeric, numeric);

-- What version 9 had besides.
DROP FUNCTION IF EXISTS policylayer.staying(numeric, numeric[], integer);
DROP FUNCTION IF EXISTS policylayer.sum_of(numeric[]);
