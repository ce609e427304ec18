-- A run computes into this stage; only what differs from the current vintage is appended to `observation`. A run owns
-- its partition and drops it at the end, so a killed run leaves nothing that a later one could mistake for its own.
CREATE TABLE IF NOT EXISTS observation_stage {onCluster}
(
    stage_id String,
    metric LowCardinality(String),
    freq LowCardinality(String),
    region UInt32,
    slice String DEFAULT '',
    basis LowCardinality(String),
    measure LowCardinality(String),
    period DateTime64(0, 'Asia/Shanghai'),
    value Nullable(Decimal(38, 10)),
    numerator Nullable(Decimal(38, 10)),
    denominator Nullable(Decimal(38, 10)),
    sample_count UInt64,
    status LowCardinality(String),
    flags Array(LowCardinality(String)),
    source String,
    definition_version UInt32
)
ENGINE = {replicated}MergeTree
PARTITION BY stage_id
ORDER BY (metric, freq, basis, measure, slice, region, period);
