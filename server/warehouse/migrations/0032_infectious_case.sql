-- Cards of notifiable diseases, latest correction. ReplacingMergeTree because a card arrives again with every correction.
-- Order: region and time of report, as screens ask, then the card.
-- live_region and report_ts may change in a correction although they place the row; ingestion then withdraws the old
-- row (server/ingest/commit.ts), so the engine never holds one key in two places.
-- Read it as `FROM infectious_case FINAL` (rows with is_deleted = 1 vanish by themselves): without FINAL a corrected row counts twice.
-- row_hash is the content of the row, to tell a correction from a repetition; row_hash = 0 marks a withdrawal by
-- ingestion itself. batch_id and row_number say which row of which load it came from.
CREATE TABLE IF NOT EXISTS infectious_case {onCluster}
(
    card_id String,
    disease LowCardinality(String),
    class LowCardinality(String),
    case_kind Nullable(String),
    onset_date Nullable(Date),
    diagnose_ts Nullable(DateTime('Asia/Shanghai')),
    report_ts DateTime('Asia/Shanghai'),
    audit_ts Nullable(DateTime('Asia/Shanghai')),
    age_group LowCardinality(String),
    sex Nullable(String),
    occupation LowCardinality(String),
    live_region UInt32,
    status LowCardinality(String),
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
PARTITION BY toYYYYMM(report_ts)
ORDER BY (live_region, report_ts, card_id);

-- A load is checked and counted here before any of its rows can be seen; one partition a load, dropped at its end.
CREATE TABLE IF NOT EXISTS infectious_case_stage {onCluster} AS infectious_case
ENGINE = {replicated}MergeTree
PARTITION BY batch_id
ORDER BY row_number;
