ALTER TABLE "dataset_load" ADD COLUMN "corrected_rows" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "dataset_load" ADD COLUMN "scope_regions" integer[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "dataset_load" ADD COLUMN "size_bytes" bigint DEFAULT 0 NOT NULL;