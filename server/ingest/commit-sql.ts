import type { DatasetColumn } from '@/metrics/model/dataset';
import type { DatasetEntry } from '@/server/datasets/entry';

/**
 * SQL of the step from the stage into the dataset's table, generated from the contract. Names come from contracts only;
 * the one value, the load's id, is bound.
 */

/** Columns that a row keeps from the stage; row_key, row_hash and ingest_ts are made on the way. */
function keptColumns(entry: DatasetEntry): string[] {
  const own = entry.contract.columns.map((column) => column.name);
  return [...own, 'source_id', 'batch_id', 'row_number', 'version', 'is_deleted', 'is_demo', 'dq_flags'];
}

/** The natural key as one text; a key column is never null. */
function keyExpression(entry: DatasetEntry): string {
  const parts = entry.contract.key.map((name) => `toString(${name})`);
  // Keys are codes and times: joined they are told apart, although a text may hold the separator.
  return parts.length === 1 ? (parts[0] ?? '') : `concatWithSeparator('|', ${parts.join(', ')})`;
}

/** The content of a row: all its columns, whether it is void, and whether it is a demonstration. Never 0. */
function hashExpression(entry: DatasetEntry): string {
  const parts = entry.contract.columns.flatMap(hashed);
  return `greatest(reinterpretAsUInt128(sipHash128(${[...parts, 'is_deleted', 'is_demo'].join(', ')})), toUInt128(1))`;
}

function hashed(column: DatasetColumn): string[] {
  const { name } = column;
  if (!column.nullable) return [name];
  switch (column.type) {
    case 'string':
    case 'enum':
      return [`isNull(${name})`, `ifNull(${name}, '')`];
    case 'datetime':
      return [`isNull(${name})`, `ifNull(toUnixTimestamp(${name}), 0)`];
    case 'date':
      return [`isNull(${name})`, `ifNull(toInt32(${name}), 0)`];
    default:
      return [`isNull(${name})`, `ifNull(${name}, 0)`];
  }
}

/** The load's rows with key, hash and rank: the newest content counts, and of equals the last in the file. */
function staged(entry: DatasetEntry): string {
  return `SELECT ${keyExpression(entry)} AS k, ${hashExpression(entry)} AS h,
      bitShiftLeft(toUInt128(version), 64) + row_number AS rank
    FROM ${stageOf(entry)} WHERE batch_id = {load:UUID}`;
}

/** What the table holds now for the load's keys. Withdrawals (row_hash 0) are ingestion's own notes, not content. */
function held(entry: DatasetEntry): string {
  const { contract } = entry;
  const time = contract.businessTime;
  // Where the time is part of the key, other stretches of time cannot hold the key: the scan stays small.
  const bounds = contract.key.includes(time)
    ? `AND ${time} >= (SELECT min(${time}) FROM ${stageOf(entry)} WHERE batch_id = {load:UUID})
       AND ${time} <= (SELECT max(${time}) FROM ${stageOf(entry)} WHERE batch_id = {load:UUID})`
    : '';
  return `SELECT row_key AS k, argMax(row_hash, (version, ingest_ts)) AS old_hash, max(version) AS old_version
    FROM ${contract.name}
    WHERE row_hash != 0 ${bounds}
      AND row_key IN (SELECT ${keyExpression(entry)} FROM ${stageOf(entry)} WHERE batch_id = {load:UUID})
    GROUP BY row_key`;
}

/** Compares each key of the load with what is held and records what will be done. */
export function decideSql(entry: DatasetEntry): string {
  return `INSERT INTO load_decision (batch_id, kind, winner, rows, contents, row_key)
    SELECT {load:UUID},
      multiIf(old_hash = 0, 1, new_hash != old_hash AND toUInt64(bitShiftRight(top, 64)) >= old_version, 2, 0) AS kind,
      toUInt32(bitAnd(top, toUInt128(4294967295))), n, contents, if(kind = 2, i.k, '')
    FROM (
      SELECT k, count() AS n, length(arrayDistinct(groupArray(h))) AS contents, argMax(h, rank) AS new_hash, max(rank) AS top
      FROM (${staged(entry)}) GROUP BY k
    ) AS i
    LEFT JOIN (${held(entry)}) AS c ON i.k = c.k`;
}

/** How the load's rows fare: accepted, corrected and duplicate add up to the rows staged. `corrects`: known keys. */
export const OUTCOME_SQL = `SELECT toUInt64(countIf(kind = 1)) AS accepted,
    toUInt64(countIf(kind = 2) + sum(contents - 1)) AS corrected,
    toUInt64(countIf(kind = 0) + sum(rows - contents)) AS duplicate,
    toUInt64(countIf(kind = 2)) AS corrects
  FROM load_decision WHERE batch_id = {load:UUID}`;

/** Rows of the file that will count, by what they do. */
function winners(condition: string): string {
  return `SELECT winner FROM load_decision WHERE batch_id = {load:UUID} AND ${condition}`;
}

const CORRECTED_KEYS = 'SELECT row_key FROM load_decision WHERE batch_id = {load:UUID} AND kind = 2';

/** First and last business time of the rows that will count, in seconds; null when there are none. */
export function spanSql(entry: DatasetEntry): string {
  const time = `toUnixTimestamp(toDateTime(${entry.contract.businessTime}, 'Asia/Shanghai'))`;
  return `SELECT toUInt64(count()) AS n, min(${time}) AS first, max(${time}) AS last
    FROM ${stageOf(entry)} WHERE batch_id = {load:UUID} AND row_number IN (${winners('kind > 0')})`;
}

/** Days on which any time column of a row that will count lies, and of the rows that it replaces, as `YYYY-MM-DD`. */
export function touchedDaysSql(entry: DatasetEntry, corrects: boolean): string {
  const own = daysOf(entry);
  const replaced = `UNION ALL SELECT arrayJoin(${own}) AS day FROM ${entry.contract.name} FINAL WHERE row_key IN (${CORRECTED_KEYS})`;
  return `SELECT toString(day) AS day FROM (
      SELECT arrayJoin(${own}) AS day FROM ${stageOf(entry)}
      WHERE batch_id = {load:UUID} AND row_number IN (${winners('kind > 0')})
      ${corrects ? replaced : ''}
    ) WHERE day IS NOT NULL GROUP BY day ORDER BY day`;
}

/** A correction may move a row out of a period by any of its times (a case is closed): all of them count. */
function daysOf(entry: DatasetEntry): string {
  const days = entry.contract.columns.flatMap((column) => {
    if (column.type !== 'date' && column.type !== 'datetime') return [];
    const day = `toDate32(${column.name})`;
    const ends = entry.labelsHourEnd && column.name === entry.contract.businessTime;
    return ends ? [day, `toDate32(${column.name} - INTERVAL 1 HOUR)`] : [day];
  });
  return `[${days.join(', ')}]`;
}

/**
 * Withdraws rows whose key arrives at another place of the table: a copy of the old row, void, with the new version.
 * Null when the table's order key is the natural key alone.
 */
export function withdrawSql(entry: DatasetEntry): string | null {
  if (entry.placement.length === 0) return null;
  const { contract } = entry;
  const own = contract.columns.map((column) => column.name);
  const moved = entry.placement.map((name) => `old.${name} IS DISTINCT FROM new.${name}`).join(' OR ');
  return `INSERT INTO ${contract.name}
      (${own.join(', ')}, source_id, batch_id, row_number, row_key, row_hash, version, is_deleted, is_demo, ingest_ts, dq_flags)
    SELECT ${own.map((name) => `old.${name}`).join(', ')}, old.source_id, {load:UUID}, 0, old.row_key, 0, new.version, 1,
      old.is_demo, fromUnixTimestamp64Milli({received:Int64}, 'Asia/Shanghai'), ['withdrawn']
    FROM (SELECT * FROM ${contract.name} FINAL WHERE row_key IN (${CORRECTED_KEYS})) AS old
    INNER JOIN (
      SELECT ${keyExpression(entry)} AS k, version, ${entry.placement.join(', ')} FROM ${stageOf(entry)}
      WHERE batch_id = {load:UUID} AND row_number IN (${winners('kind = 2')})
    ) AS new ON old.row_key = new.k
    WHERE old.version <= new.version AND (${moved})`;
}

/** Appends the rows that count, save those that an interrupted try of the same load has appended already. */
export function appendSql(entry: DatasetEntry, again: boolean): string {
  const kept = keptColumns(entry).join(', ');
  const done = `AND row_number NOT IN (SELECT row_number FROM ${entry.contract.name} WHERE batch_id = {load:UUID} AND row_hash != 0)`;
  return `INSERT INTO ${entry.contract.name} (${kept}, row_key, row_hash, ingest_ts)
    SELECT ${kept}, ${keyExpression(entry)}, ${hashExpression(entry)},
      fromUnixTimestamp64Milli({received:Int64}, 'Asia/Shanghai')
    FROM ${stageOf(entry)}
    WHERE batch_id = {load:UUID} AND row_number IN (${winners('kind > 0')}) ${again ? done : ''}`;
}

function stageOf(entry: DatasetEntry): string {
  return `${entry.contract.name}_stage`;
}
