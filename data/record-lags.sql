-- Each US record on the Epoch Capabilities Index, and how long it took until a Chinese model with open weights had at
-- least its score, or came within one point of it. Scores are the month-end bests of frontier-gap, days of release are
-- those of model-releases. A model that was never its group's best at the end of a month is not seen.
WITH bests AS (
    SELECT * FROM "frontier-gap" WHERE board = 'epoch-eci'
),
records AS (
    SELECT DISTINCT us_model AS model, us_score AS score, released, bests.source_id || releases.source_id AS source_id
    FROM bests
    JOIN "model-releases" AS releases ON releases.model = bests.us_model
),
followers AS (
    SELECT DISTINCT cn_open_model AS model, cn_open_score AS score, released, releases.source_id
    FROM bests
    JOIN "model-releases" AS releases ON releases.model = bests.cn_open_model
),
reached AS (
    SELECT
        records.model,
        min(followers.released) AS reached_on,
        arg_min(followers.model, followers.released) AS reached_by,
        arg_min(followers.source_id, followers.released) AS source_id
    FROM records
    JOIN followers ON followers.score >= records.score
    GROUP BY records.model
),
neared AS (
    SELECT records.model, min(followers.released) AS neared_on
    FROM records
    JOIN followers ON followers.score >= records.score - 1
    GROUP BY records.model
)
SELECT
    records.model,
    records.released,
    records.score,
    reached.reached_by,
    reached.reached_on,
    date_diff('day', records.released, reached.reached_on) AS lag_days,
    date_diff('day', records.released, neared.neared_on) AS near_days,
    date_diff('day', records.released, coalesce(reached.reached_on, (SELECT max(snapshot) FROM bests))) AS days_waited,
    list_sort(list_distinct(records.source_id || coalesce(reached.source_id, []))) AS source_id
FROM records
LEFT JOIN reached USING (model)
LEFT JOIN neared USING (model)
ORDER BY records.released
