-- 12345 tickets, latest state. ReplacingMergeTree because one ticket arrives again with every step of its handling. Order:
-- region and time of acceptance first, as screens ask, then the ticket.
-- region_code and create_ts may change in a correction although they place the row; ingestion then withdraws the old
-- row (server/ingest/commit.ts), so the engine never holds one key in two places.
-- Read it as `FROM hotline_ticket FINAL` (rows with is_deleted = 1 vanish by themselves): without FINAL a corrected row counts twice.
-- row_hash is the content of the row, to tell a correction from a repetition; row_hash = 0 marks a withdrawal by
-- ingestion itself. batch_id and row_number say which row of which load it came from.
CREATE TABLE IF NOT EXISTS hotline_ticket {onCluster}
(
    ticket_id String,
    region_code UInt32,
    create_ts DateTime('Asia/Shanghai'),
    channel LowCardinality(String),
    request_type LowCardinality(String),
    topic LowCardinality(String),
    subject_type LowCardinality(String),
    valid UInt8,
    dispatched UInt8,
    department LowCardinality(String),
    urgency LowCardinality(String),
    assign_ts Nullable(DateTime('Asia/Shanghai')),
    due_ts Nullable(DateTime('Asia/Shanghai')),
    finish_ts Nullable(DateTime('Asia/Shanghai')),
    revisit_valid UInt8,
    revisit_solved UInt8,
    revisit_sat Nullable(UInt8),
    repeat_of Nullable(String),
    grid_id LowCardinality(String),
    caller_hash Nullable(String),
    text_masked String,
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
PARTITION BY toYYYYMM(create_ts)
ORDER BY (region_code, create_ts, ticket_id);

-- A load is checked and counted here before any of its rows can be seen; one partition a load, dropped at its end.
CREATE TABLE IF NOT EXISTS hotline_ticket_stage {onCluster} AS hotline_ticket
ENGINE = {replicated}MergeTree
PARTITION BY batch_id
ORDER BY row_number;
