-- Numerator and denominator of a reported ratio, so that a higher region's ratio can be the ratio of the sums
-- (calculus.md section 13). Most publishers give neither.
ALTER TABLE official_figure {onCluster} ADD COLUMN IF NOT EXISTS numerator Nullable(Decimal(38, 10)) AFTER value;
ALTER TABLE official_figure {onCluster} ADD COLUMN IF NOT EXISTS denominator Nullable(Decimal(38, 10)) AFTER numerator;
ALTER TABLE official_figure_stage {onCluster} ADD COLUMN IF NOT EXISTS numerator Nullable(Decimal(38, 10)) AFTER value;
ALTER TABLE official_figure_stage {onCluster} ADD COLUMN IF NOT EXISTS denominator Nullable(Decimal(38, 10)) AFTER numerator;
