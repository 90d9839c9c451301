-- On each board and date, the best US model of any kind, the best Chinese model with open weights, and how far apart
-- they stand. Rounding to two places, as precise as the scores, takes out what subtracting binary fractions leaves.
WITH us AS (
    SELECT
        board,
        snapshot,
        arg_max(model, score) AS us_model,
        max(score) AS us_score,
        arg_max(source_id, score) AS us_source
    FROM arena
    WHERE group_country = 'US'
    GROUP BY board, snapshot
)
SELECT
    arena.board,
    arena.snapshot,
    us.us_model,
    us.us_score,
    arena.model AS cn_open_model,
    arena.score AS cn_open_score,
    round(us.us_score - arena.score, 2) AS gap,
    list_sort(list_distinct(us.us_source || arena.source_id)) AS source_id
FROM arena
JOIN us USING (board, snapshot)
WHERE arena.group_country = 'CN' AND arena.open_weights
ORDER BY arena.board, arena.snapshot
