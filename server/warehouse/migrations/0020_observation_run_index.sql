-- A run's own rows are asked for after every append; without an index that would read the run of every observation.
ALTER TABLE observation {onCluster} ADD INDEX IF NOT EXISTS observation_run run_id TYPE bloom_filter(0.01) GRANULARITY 1;
