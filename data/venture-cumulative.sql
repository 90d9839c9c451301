-- Core rounds added up by date within each country: what its model companies had raised up to each day, in USD bn.
-- A round known only by its month stands on the first of that month. Rounding to four places, as precise as the
-- amounts themselves, takes out what adding up binary fractions leaves behind.
SELECT
    announced,
    country,
    company,
    round,
    amount_usd_bn,
    round(
        sum(amount_usd_bn) OVER (
            PARTITION BY country
            ORDER BY announced, company, round
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ),
        4
    ) AS cumulative_usd_bn,
    source_id
FROM (
    SELECT
        rpad(announced, 10, '-01') AS announced,
        country,
        company,
        round,
        amount_usd_bn,
        source_id
    FROM venture
    WHERE kind = 'core' AND amount_usd_bn IS NOT NULL
) AS core
ORDER BY country, announced, company, round
