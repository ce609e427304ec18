-- Hourly air quality; data_ts labels the END of the hour (00:00 closes the day before). ReplacingMergeTree because audited
-- values replace raw ones under the same station and hour. Order: kind of station first (city evaluation reads one
-- kind), then region, station, time, so that one series is one stretch of disk.
-- station_kind and region_code may change in a correction although they place the row; ingestion then withdraws the old
-- row (server/ingest/commit.ts), so the engine never holds one key in two places.
-- Read it as `FROM air_quality_hour FINAL` (rows with is_deleted = 1 vanish by themselves): without FINAL a corrected row counts twice.
-- row_hash is the content of the row, to tell a correction from a repetition; row_hash = 0 marks a withdrawal by
-- ingestion itself. batch_id and row_number say which row of which load it came from.
CREATE TABLE IF NOT EXISTS air_quality_hour {onCluster}
(
    station_id LowCardinality(String),
    station_kind LowCardinality(String),
    region_code UInt32,
    data_ts DateTime('Asia/Shanghai'),
    pm25 Nullable(Decimal(7, 1)),
    pm10 Nullable(Decimal(7, 1)),
    so2 Nullable(Decimal(7, 1)),
    no2 Nullable(Decimal(7, 1)),
    o3 Nullable(Decimal(7, 1)),
    co Nullable(Decimal(6, 2)),
    temp Nullable(Decimal(7, 2)),
    rh Nullable(Decimal(7, 2)),
    ws Nullable(Decimal(7, 2)),
    wd Nullable(Decimal(7, 2)),
    pressure Nullable(Decimal(7, 2)),
    flag LowCardinality(String),
    audit_status LowCardinality(String),
    sand_flag UInt8,
    aqi_published Nullable(UInt16),
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
PARTITION BY toYYYYMM(data_ts)
ORDER BY (station_kind, region_code, station_id, data_ts);

-- A load is checked and counted here before any of its rows can be seen; one partition a load, dropped at its end.
CREATE TABLE IF NOT EXISTS air_quality_hour_stage {onCluster} AS air_quality_hour
ENGINE = {replicated}MergeTree
PARTITION BY batch_id
ORDER BY row_number;
