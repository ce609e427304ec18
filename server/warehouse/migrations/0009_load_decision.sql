-- What a staged load does to each of its keys, decided once: counts, appended rows and windows to compute all follow from
-- it, so that they agree even when the process dies between two of them. One partition a load, dropped at its end.
-- kind: 0 nothing new, 1 a new key, 2 other content for a known key. `winner` is the row of the file that counts.
CREATE TABLE IF NOT EXISTS load_decision {onCluster}
(
    batch_id UUID,
    kind UInt8,
    winner UInt32,
    rows UInt32,
    contents UInt32,
    row_key String
)
ENGINE = {replicated}MergeTree
PARTITION BY batch_id
ORDER BY (kind, winner);
