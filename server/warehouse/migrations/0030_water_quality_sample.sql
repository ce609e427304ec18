-- Surface water, one row a measurement. ReplacingMergeTree because hand samples replace each other when a month is revised.
-- Order: section and time, the way a section is judged; all of it is in the natural key.
-- Read it as `FROM water_quality_sample FINAL` (rows with is_deleted = 1 vanish by themselves): without FINAL a corrected row counts twice.
-- row_hash is the content of the row, to tell a correction from a repetition; row_hash = 0 marks a withdrawal by
-- ingestion itself. batch_id and row_number say which row of which load it came from.
CREATE TABLE IF NOT EXISTS water_quality_sample {onCluster}
(
    section_id LowCardinality(String),
    section_kind LowCardinality(String),
    water_body LowCardinality(String),
    basin LowCardinality(String),
    region_code UInt32,
    sample_ts DateTime('Asia/Shanghai'),
    method LowCardinality(String),
    ph Nullable(Decimal(4, 2)),
    do Nullable(Decimal(9, 4)),
    codmn Nullable(Decimal(9, 4)),
    cod Nullable(Decimal(9, 4)),
    bod5 Nullable(Decimal(9, 4)),
    nh3n Nullable(Decimal(9, 4)),
    tp Nullable(Decimal(9, 4)),
    tn Nullable(Decimal(9, 4)),
    cu Nullable(Decimal(10, 6)),
    zn Nullable(Decimal(10, 6)),
    f Nullable(Decimal(10, 6)),
    se Nullable(Decimal(10, 6)),
    as_ Nullable(Decimal(10, 6)),
    hg Nullable(Decimal(10, 6)),
    cd Nullable(Decimal(10, 6)),
    cr6 Nullable(Decimal(10, 6)),
    pb Nullable(Decimal(10, 6)),
    cn Nullable(Decimal(10, 6)),
    phenol Nullable(Decimal(10, 6)),
    oil Nullable(Decimal(10, 6)),
    las Nullable(Decimal(10, 6)),
    s2 Nullable(Decimal(10, 6)),
    wtemp Nullable(Decimal(4, 1)),
    is_below_dl String,
    water_status LowCardinality(String),
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
PARTITION BY toYear(sample_ts)
ORDER BY (section_id, sample_ts, method);

-- A load is checked and counted here before any of its rows can be seen; one partition a load, dropped at its end.
CREATE TABLE IF NOT EXISTS water_quality_sample_stage {onCluster} AS water_quality_sample
ENGINE = {replicated}MergeTree
PARTITION BY batch_id
ORDER BY row_number;
