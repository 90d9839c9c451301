-- Where the listed models with open weights of each year of release come from, and how many of them have a permissive
-- licence.
WITH counted AS (
    SELECT
        year(released) AS year,
        CASE WHEN country IN ('US', 'CN') THEN country ELSE 'other' END AS country,
        count(*) AS open_releases,
        count(*) FILTER (WHERE licence_class = 'open-source') AS permissive_releases,
        list_sort(list_distinct(flatten(list(source_id)))) AS source_id
    FROM "model-releases"
    WHERE open_weights AND year(released) >= 2023
    GROUP BY ALL
)
SELECT
    year,
    country,
    open_releases,
    open_releases / sum(open_releases) OVER (PARTITION BY year) AS share_of_open,
    permissive_releases,
    source_id
FROM counted
ORDER BY year, country
