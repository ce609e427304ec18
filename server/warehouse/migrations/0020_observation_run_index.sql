-- A run's own rows are asked for after every append; without an index that would read the run of every observation.
ALTER TABLE observation {onCluster} ADD INDEX IF NOT EXISTS observation_run run_id TYPE bloom_filter(0.01) GRANULARITY 1;
-- The order key names the region before the period; one granule is about a year of one series of hours, so its limits
-- tell the hours of one day apart.
ALTER TABLE observation {onCluster} ADD INDEX IF NOT EXISTS observation_period period TYPE minmax GRANULARITY 1;
-- Tickets and cases are also placed by their deadline and their closing, which follow the order of time roughly.
ALTER TABLE hotline_ticket {onCluster} ADD INDEX IF NOT EXISTS hotline_ticket_due due_ts TYPE minmax GRANULARITY 1;
ALTER TABLE hotline_ticket {onCluster} ADD INDEX IF NOT EXISTS hotline_ticket_finish finish_ts TYPE minmax GRANULARITY 1;
ALTER TABLE service_case {onCluster} ADD INDEX IF NOT EXISTS service_case_promise promise_date TYPE minmax GRANULARITY 1;
ALTER TABLE service_case {onCluster} ADD INDEX IF NOT EXISTS service_case_finish finish_ts TYPE minmax GRANULARITY 1;
