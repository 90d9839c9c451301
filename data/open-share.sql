-- How many of the listed models of the United States and China came with open weights, by year of release.
SELECT
    country,
    year(released) AS year,
    count(*) AS releases,
    count(*) FILTER (WHERE open_weights) AS open_releases,
    count(*) FILTER (WHERE open_weights) / count(*) AS open_share
FROM "model-releases"
WHERE country IN ('US', 'CN')
GROUP BY country, year(released)
ORDER BY country, year
