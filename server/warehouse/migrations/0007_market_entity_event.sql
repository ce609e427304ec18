-- Registrations of market entities. ReplacingMergeTree because the monthly full snapshot repeats and mends the daily
-- batches. Order: region and day, as screens ask, then the entity and what happened to it.
-- region_code may change in a correction although they place the row; ingestion then withdraws the old
-- row (server/ingest/commit.ts), so the engine never holds one key in two places.
-- Read it as `FROM market_entity_event FINAL` (rows with is_deleted = 1 vanish by themselves): without FINAL a corrected row counts twice.
-- row_hash is the content of the row, to tell a correction from a repetition; row_hash = 0 marks a withdrawal by
-- ingestion itself. batch_id and row_number say which row of which load it came from.
CREATE TABLE IF NOT EXISTS market_entity_event {onCluster}
(
    uscc String,
    region_code UInt32,
    event LowCardinality(String),
    event_date Date,
    entity_type LowCardinality(String),
    industry LowCardinality(String),
    reg_capital Nullable(Decimal(18, 2)),
    reg_org LowCardinality(String),
    legal_person_hash Nullable(String),
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
PARTITION BY toYYYYMM(event_date)
ORDER BY (region_code, event_date, uscc, event);

-- A load is checked and counted here before any of its rows can be seen; one partition a load, dropped at its end.
CREATE TABLE IF NOT EXISTS market_entity_event_stage {onCluster} AS market_entity_event
ENGINE = {replicated}MergeTree
PARTITION BY batch_id
ORDER BY row_number;
