/**
 * The hotline's metrics as somebody would write them who needs only these: numerators and denominators by county, city
 * and province, day, month, year to date and year, and by the same slices. Written apart from the compiler, which it
 * is the yardstick of.
 */
const NOW = "toDateTime({now:Int64}, 'Asia/Shanghai')";

const INNER_COUNTS = `countIf(multiIf(kind = 1, valid AND isNull(repeat_of), kind = 2, ifNull(finish_ts <= due_ts, 0), revisit_solved)) AS a,
  countIf(ifNull(revisit_sat >= 3, 0)) AS b, count() AS n`;
const CASE_SLICES = `multiIf(grouping(topic) = 0, 'topic', grouping(department) = 0, 'department', '') AS dim,
  multiIf(grouping(topic) = 0, toString(topic), grouping(department) = 0, toString(department), '') AS val`;

/** One pass: every row up to three times, once for each time that places it. */
const ONE_PASS = `
  SELECT rc, kind, day, multiIf(grouping(channel) = 0, 'channel', grouping(request_type) = 0, 'request_type',
      grouping(topic) = 0, 'topic', grouping(subject_type) = 0, 'subject_type', grouping(department) = 0, 'department', '') AS dim,
    multiIf(grouping(channel) = 0, toString(channel), grouping(request_type) = 0, toString(request_type), grouping(topic) = 0, toString(topic),
      grouping(subject_type) = 0, toString(subject_type), grouping(department) = 0, toString(department), '') AS val, ${INNER_COUNTS}
  FROM (
    SELECT *, region_code AS rc, placed.1 AS kind, placed.2 AS day FROM hotline_ticket FINAL
    ARRAY JOIN arrayFilter(k -> k.1 > 0, [
      (toUInt8(1), toDate(create_ts)),
      (toUInt8(if(dispatched AND due_ts < ${NOW}, 2, 0)), toStartOfMonth(ifNull(due_ts, create_ts))),
      (toUInt8(if(revisit_valid AND finish_ts < ${NOW}, 3, 0)), toStartOfMonth(ifNull(finish_ts, create_ts)))]) AS placed
  )
  GROUP BY GROUPING SETS ((rc, kind, day), (rc, kind, day, channel), (rc, kind, day, request_type), (rc, kind, day, topic),
    (rc, kind, day, subject_type), (rc, kind, day, department))`;

/** A pass for each of the three times, each with only its own slices. */
const THREE_PASSES = `
  SELECT region_code AS rc, toUInt8(1) AS kind, toDate(create_ts) AS day,
    multiIf(grouping(channel) = 0, 'channel', grouping(request_type) = 0, 'request_type', grouping(topic) = 0, 'topic', grouping(subject_type) = 0, 'subject_type', '') AS dim,
    multiIf(grouping(channel) = 0, toString(channel), grouping(request_type) = 0, toString(request_type), grouping(topic) = 0, toString(topic),
      grouping(subject_type) = 0, toString(subject_type), '') AS val, ${INNER_COUNTS}
  FROM hotline_ticket FINAL
  GROUP BY GROUPING SETS ((rc, kind, day), (rc, kind, day, channel), (rc, kind, day, request_type), (rc, kind, day, topic), (rc, kind, day, subject_type))
  UNION ALL
  SELECT region_code AS rc, toUInt8(2) AS kind, toStartOfMonth(assumeNotNull(due_ts)) AS day, ${CASE_SLICES}, ${INNER_COUNTS}
  FROM hotline_ticket FINAL WHERE dispatched AND due_ts < ${NOW}
  GROUP BY GROUPING SETS ((rc, kind, day), (rc, kind, day, topic), (rc, kind, day, department))
  UNION ALL
  SELECT region_code AS rc, toUInt8(3) AS kind, toStartOfMonth(assumeNotNull(finish_ts)) AS day, ${CASE_SLICES}, ${INNER_COUNTS}
  FROM hotline_ticket FINAL WHERE revisit_valid AND finish_ts < ${NOW}
  GROUP BY GROUPING SETS ((rc, kind, day), (rc, kind, day, topic), (rc, kind, day, department))`;

export const BY_HAND_TABLE = `CREATE TABLE bench_by_hand (metric LowCardinality(String), freq LowCardinality(String), region UInt32, slice String,
  basis LowCardinality(String), period DateTime64(0, 'Asia/Shanghai'), value Decimal(38, 10), numerator UInt64, denominator UInt64)
  ENGINE = MergeTree PARTITION BY toYear(period) ORDER BY (metric, freq, basis, slice, region, period)`;

export type ByHand = 'one pass' | 'three passes';

export function byHandSql(how: ByHand): string {
  return `
INSERT INTO bench_by_hand
SELECT m.1, ['D', 'M', 'M', 'A'][grain], region, if(dim = '', '', concat(dim, '=', val)), ['period', 'period', 'ytd', 'period'][grain], period,
  if(kind = 1, toDecimal128(m.2, 10), toDecimal128(m.2 * 100, 10) / m.3), m.2, m.3
FROM (
  SELECT kind, region, g.1 AS grain, g.2 AS period, dim, val, sum(a) AS a, sum(b) AS b, sum(n) AS n
  FROM (${how === 'one pass' ? ONE_PASS : THREE_PASSES})
  ARRAY JOIN [toUInt32(intDiv(rc, 10000) * 10000), toUInt32(intDiv(rc, 100) * 100), rc] AS region
  ARRAY JOIN arrayFilter(e -> e.2 <= ${NOW}, arrayConcat(
    if(kind = 1 AND (dim IN ('', 'topic') OR region % 100 = 0), [(toUInt8(1), toDateTime(day, 'Asia/Shanghai'))], []),
    [(toUInt8(2), toDateTime(toStartOfMonth(day), 'Asia/Shanghai'))],
    if(dim = '', arrayPushBack(arrayMap(i -> (toUInt8(3), toDateTime(addMonths(toStartOfMonth(day), i), 'Asia/Shanghai')), range(toUInt32(13 - toMonth(day)))),
      (toUInt8(4), toDateTime(toStartOfYear(day), 'Asia/Shanghai'))), []))) AS g
  WHERE if(kind = 1, dim != 'department', dim IN ('', 'topic', 'department'))
  GROUP BY kind, region, grain, period, dim, val
)
ARRAY JOIN multiIf(kind = 1, [('hotline_requests', a, n)], kind = 2, [('hotline_ontime_rate', a, n)],
  [('hotline_solve_rate', a, n), ('hotline_satisfaction', b, n)]) AS m`;
}
