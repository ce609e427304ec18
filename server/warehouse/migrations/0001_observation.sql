-- All vintages of all observations. Append only: MergeTree, not Replacing, because an older vintage is a fact that an
-- as-of read needs. The order key is the cell key followed by the vintage, so "newest vintage not after an instant"
-- is one LIMIT 1 BY over a sorted read. Read it through server/observations only: a plain SELECT counts vintages twice.
-- DateTime64(0) because series reach back before 1970.
CREATE TABLE IF NOT EXISTS observation {onCluster}
(
    metric LowCardinality(String),
    freq LowCardinality(String),
    region UInt32,
    slice String DEFAULT '',
    basis LowCardinality(String),
    measure LowCardinality(String),
    period DateTime64(0, 'Asia/Shanghai'),
    vintage DateTime64(3, 'Asia/Shanghai'),
    value Nullable(Decimal(38, 10)),
    numerator Nullable(Decimal(38, 10)),
    denominator Nullable(Decimal(38, 10)),
    sample_count UInt64,
    status LowCardinality(String),
    flags Array(LowCardinality(String)),
    source String,
    run_id String,
    definition_version UInt32,
    recorded_at DateTime64(3, 'Asia/Shanghai') DEFAULT now64(3)
)
ENGINE = {replicated}MergeTree
PARTITION BY toYear(period)
ORDER BY (metric, freq, basis, measure, slice, region, period, vintage);
