-- Steps of supervised items. ReplacingMergeTree because a step is corrected under the same item, event and time. Order: item
-- and time, the way an item's steps are put together; all of it is in the natural key.
-- Read it as `FROM supervise_task_event FINAL` (rows with is_deleted = 1 vanish by themselves): without FINAL a corrected row counts twice.
-- row_hash is the content of the row, to tell a correction from a repetition; row_hash = 0 marks a withdrawal by
-- ingestion itself. batch_id and row_number say which row of which load it came from.
CREATE TABLE IF NOT EXISTS supervise_task_event {onCluster}
(
    task_id String,
    region_code UInt32,
    event LowCardinality(String),
    event_ts DateTime('Asia/Shanghai'),
    task_type LowCardinality(String),
    complexity LowCardinality(String),
    department LowCardinality(String),
    assign_level LowCardinality(String),
    deadline1 Nullable(DateTime('Asia/Shanghai')),
    deadline3 Nullable(DateTime('Asia/Shanghai')),
    deadline7 Nullable(DateTime('Asia/Shanghai')),
    deadline30 Nullable(DateTime('Asia/Shanghai')),
    final_deadline Nullable(DateTime('Asia/Shanghai')),
    operator_hash Nullable(String),
    content_level UInt8,
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
PARTITION BY toYear(event_ts)
ORDER BY (task_id, event_ts, event);

-- A load is checked and counted here before any of its rows can be seen; one partition a load, dropped at its end.
CREATE TABLE IF NOT EXISTS supervise_task_event_stage {onCluster} AS supervise_task_event
ENGINE = {replicated}MergeTree
PARTITION BY batch_id
ORDER BY row_number;
