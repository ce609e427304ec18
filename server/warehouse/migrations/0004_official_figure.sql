-- Reported figures. ReplacingMergeTree because a publisher's slip is corrected under the same key; a later publication of
-- the same cell has a later published_at and is a row of its own (a vintage). The order key is the cell followed by the
-- publication, the way vintages are read; all of it is in the natural key. One partition: all figures of a province
-- are some ten thousand rows.
-- Read it as `FROM official_figure FINAL` (rows with is_deleted = 1 vanish by themselves): without FINAL a corrected row counts twice.
-- row_hash is the content of the row, to tell a correction from a repetition; row_hash = 0 marks a withdrawal by
-- ingestion itself. batch_id and row_number say which row of which load it came from.
CREATE TABLE IF NOT EXISTS official_figure {onCluster}
(
    metric LowCardinality(String),
    region_code UInt32,
    period String,
    freq LowCardinality(String),
    basis LowCardinality(String),
    measure LowCardinality(String),
    slice String,
    status LowCardinality(String),
    value Nullable(Decimal(38, 10)),
    unit LowCardinality(String),
    published_at Date32,
    source String,
    confidence LowCardinality(String),
    flags String,
    note String,
    source_id LowCardinality(String),
    batch_id UUID,
    row_number UInt32,
    row_key String,
    row_hash UInt128,
    version UInt64,
    is_deleted UInt8,
    is_demo UInt8,
    ingest_ts DateTime64(3, 'Asia/Shanghai'),
    dq_flags Array(LowCardinality(String))
)
ENGINE = {replicated}ReplacingMergeTree(version, is_deleted)
PARTITION BY tuple()
ORDER BY (metric, freq, basis, measure, slice, region_code, period, published_at);

-- A load is checked and counted here before any of its rows can be seen; one partition a load, dropped at its end.
CREATE TABLE IF NOT EXISTS official_figure_stage {onCluster} AS official_figure
ENGINE = {replicated}MergeTree
PARTITION BY batch_id
ORDER BY row_number;
