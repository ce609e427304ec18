CREATE TABLE "sign_in_attempt" (
	"name_hash" text PRIMARY KEY NOT NULL,
	"failed" integer NOT NULL,
	"locked_until" timestamp with time zone,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "user" DROP COLUMN "failed_attempts";--> statement-breakpoint
ALTER TABLE "user" DROP COLUMN "locked_until";