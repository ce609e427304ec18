-- Which rejected rows of a load (load_id, row_number) a later load took in mended (by_load_id). Written while the later
-- load is staged; it counts once that load is committed. ReplacingMergeTree: a load run again writes the same, not more.
CREATE TABLE IF NOT EXISTS mended_row {onCluster}
(
    load_id UUID,
    row_number UInt32,
    by_load_id UUID
)
ENGINE = {replicated}ReplacingMergeTree
ORDER BY (load_id, row_number, by_load_id);
