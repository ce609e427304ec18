-- Government-service cases, latest state. ReplacingMergeTree because a case arrives again with every stage. Order: region,
-- department and time of acceptance, as screens ask, then the case. accept_ts is NULL until the case is accepted, hence
-- allow_nullable_key.
-- region_code, department and accept_ts may change in a correction although they place the row; ingestion then withdraws the old
-- row (server/ingest/commit.ts), so the engine never holds one key in two places.
-- Read it as `FROM service_case FINAL` (rows with is_deleted = 1 vanish by themselves): without FINAL a corrected row counts twice.
-- row_hash is the content of the row, to tell a correction from a repetition; row_hash = 0 marks a withdrawal by
-- ingestion itself. batch_id and row_number say which row of which load it came from.
CREATE TABLE IF NOT EXISTS service_case {onCluster}
(
    case_no String,
    region_code UInt32,
    item_code LowCardinality(String),
    item_type LowCardinality(String),
    department LowCardinality(String),
    channel LowCardinality(String),
    subject_type LowCardinality(String),
    stage LowCardinality(String),
    apply_ts Nullable(DateTime('Asia/Shanghai')),
    accept_ts Nullable(DateTime('Asia/Shanghai')),
    finish_ts Nullable(DateTime('Asia/Shanghai')),
    promise_date Nullable(Date),
    promise_days UInt16,
    legal_days UInt16,
    pause_days Decimal(5, 1),
    online_depth UInt8,
    applicant_hash Nullable(String),
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
PARTITION BY toYYYYMM(accept_ts)
ORDER BY (region_code, department, accept_ts, case_no)
SETTINGS allow_nullable_key = 1;

-- A load is checked and counted here before any of its rows can be seen; one partition a load, dropped at its end.
CREATE TABLE IF NOT EXISTS service_case_stage {onCluster} AS service_case
ENGINE = {replicated}MergeTree
PARTITION BY batch_id
ORDER BY row_number;
