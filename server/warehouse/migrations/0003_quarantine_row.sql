-- Every rejected input row, with its place and reason, as it was given (headers and fields of the file, in its order).
-- ReplacingMergeTree by load and row: a load that is run again after a kill writes the same rows again, not more. Read it
-- with FINAL and a load_id.
CREATE TABLE IF NOT EXISTS quarantine_row {onCluster}
(
    load_id UUID,
    row_number UInt32,
    dataset LowCardinality(String),
    column String,
    code LowCardinality(String),
    reason String,
    headers Array(String),
    fields Array(String),
    recorded_at DateTime64(3, 'Asia/Shanghai')
)
ENGINE = {replicated}ReplacingMergeTree(recorded_at)
PARTITION BY toYYYYMM(recorded_at)
ORDER BY (load_id, row_number);
