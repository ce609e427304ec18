-- Zones (综改示范区, 开发区) have no code of GB/T 2260: a row of one carries its city's code and the zone's own.
ALTER TABLE hotline_ticket {onCluster} ADD COLUMN IF NOT EXISTS park_code Nullable(String) AFTER region_code;
ALTER TABLE hotline_ticket_stage {onCluster} ADD COLUMN IF NOT EXISTS park_code Nullable(String) AFTER region_code;
ALTER TABLE market_entity_event {onCluster} ADD COLUMN IF NOT EXISTS park_code Nullable(String) AFTER region_code;
ALTER TABLE market_entity_event_stage {onCluster} ADD COLUMN IF NOT EXISTS park_code Nullable(String) AFTER region_code;
ALTER TABLE service_case {onCluster} ADD COLUMN IF NOT EXISTS park_code Nullable(String) AFTER region_code;
ALTER TABLE service_case_stage {onCluster} ADD COLUMN IF NOT EXISTS park_code Nullable(String) AFTER region_code;
