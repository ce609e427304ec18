import { eq } from 'drizzle-orm';
import { basisTitle, FREQ_ZH, KIND_ZH } from '@/metrics/format/definition-words';
import { nameAt } from '@/metrics/format/metric-name';
import { MEASURE_ZH } from '@/metrics/format/observation-words';
import type { CellKey, Observation } from '@/metrics/model/cell';
import { unverifiedReason } from '@/metrics/model/unverified';
import { fullNameOf } from '@/metrics/regions/tree';
import { formatPeriod } from '@/metrics/time/label';
import { assertCan } from '@/server/access/roles';
import { assertDomain, assertReadableRegion } from '@/server/access/scope';
import { readWorkCalendar } from '@/server/calendar/holidays';
import { countingOf, type RegisteredDefinition } from '@/server/catalogue/registry';
import type { Context } from '@/server/context';
import { findDataset } from '@/server/datasets/registry';
import { jobRun } from '@/server/db/schema/ingest';
import { AppError } from '@/server/errors';
import { readObservations } from '@/server/observations/read';
import { comparisonsOf } from '@/server/services/calculus/workings-of';
import { sliceTitle } from '@/server/services/desk/words';
import { isJobName, SCHEDULES } from '@/server/services/jobs/schedules';
import { knownInstant } from '@/server/services/observations/known-instant';
import { airIndexOf } from '@/server/services/screens/air-index';
import { figureOf, textOf, unitText } from '@/server/services/screens/figure';
import { readJudgement } from '@/server/services/screens/judgement';
import { madeOf } from '@/server/services/screens/made-of';
import { readLoad } from '@/server/services/screens/passport-load';
import type { Passport, PassportVintage } from '@/server/services/screens/passport-types';
import { readPublications } from '@/server/services/screens/publication';
import { regionRef } from '@/server/services/screens/reading';

/**
 * Where a number comes from: definition and version, source, every vintage, load, job run, owner, freshness, and the
 * call that gives it again.
 * @throws AppError `not_found` when nothing is known of the cell at the instant; `forbidden` outside the scope,
 * `bad_input` for an instant to come.
 */
export async function readPassport(
  ctx: Context,
  input: { cell: CellKey; asOfMs?: number },
): Promise<Passport> {
  assertCan(ctx.actor, 'screen:read');
  const { cell } = input;
  const registered = ctx.registry.get(cell.metric);
  assertReadableRegion(ctx.actor.scope, cell.region);
  assertDomain(ctx.actor.scope, registered.definition.domain);
  const asOfMs = input.asOfMs === undefined ? ctx.clock.nowMs() : knownInstant(ctx, input.asOfMs);
  const observations = await readObservations(ctx, {
    metrics: [cell.metric],
    regions: [cell.region],
    freq: [cell.freq],
    basis: [cell.basis],
    measure: [cell.measure],
    slices: [cell.slice],
    fromMs: cell.periodMs,
    toMs: cell.periodMs + 1000,
    asOfMs,
    allVintages: true,
  });
  const current = observations.at(-1);
  if (!current) throw new AppError('not_found', '这一格没有观测值', { place: 'cell' });
  const calendar = await readWorkCalendar(ctx);
  const moment = { asOfMs, calendar };
  const publication = (await readPublications(ctx, [current]))(current);
  const [load, run, made, airIndex, judgement, comparisons] = await Promise.all([
    readLoad(ctx, current, publication),
    readRun(ctx, current.runId),
    madeOf(ctx, current),
    cell.measure === 'level' ? airIndexOf(ctx, registered.definition, current, asOfMs) : null,
    readJudgement(ctx, registered.definition, current, moment),
    // A published rate is compared with nothing itself; how it was made is the level's to say.
    cell.measure === 'target' ? [] : comparisonsOf(ctx, { ...cell, measure: 'level' }, asOfMs),
  ]);
  return {
    cell,
    figure: { ...figureOf(registered.definition, cell.region, current, moment), ...judgement.figure },
    target: judgement.target,
    region: regionRef(cell.region),
    regionFullName: fullNameOf(cell.region),
    sliceText: cell.slice === '' ? null : sliceTitle(cell.slice, registered.definition),
    basisText: `${basisTitle(cell.basis)} · ${MEASURE_ZH[cell.measure]}`,
    freqText: FREQ_ZH[cell.freq],
    definition: definitionPart(registered, cell),
    vintages: observations.map((o) => vintageOf(registered, o, current)).reverse(),
    sourceTitle: findDataset(current.source)?.contract.title ?? null,
    note: publication?.note ?? '',
    load,
    run,
    madeOf: made,
    airIndex,
    comparisons,
    numerator: current.numerator,
    denominator: current.denominator,
    sampleCount: current.sampleCount,
    reproducePath: reproducePath(cell, input.asOfMs),
  };
}

function definitionPart(entry: RegisteredDefinition, cell: CellKey): Passport['definition'] {
  const { definition, version, hash, effectiveFromMs } = entry;
  return {
    code: definition.code,
    name: nameAt(definition, cell),
    version,
    hash,
    text: definition.definition,
    formula: definition.formula_text ?? null,
    kind: KIND_ZH[definition.kind],
    unit: unitText(definition.unit),
    owner: definition.owner,
    sourceSystem: definition.source_system,
    releaseLag: definition.release.lag,
    effectiveFromMs,
    countedBy: countingOf(entry).version,
  };
}

function vintageOf(
  { definition }: RegisteredDefinition,
  o: Observation,
  current: Observation,
): PassportVintage {
  return {
    vintageMs: o.vintageMs,
    value: o.value,
    text: textOf(definition, o),
    status: o.status,
    unverified: o.value === null ? null : unverifiedReason(o),
    source: o.source,
    runId: o.runId,
    definitionVersion: o.definitionVersion,
    current: o === current,
  };
}

async function readRun(ctx: Context, runId: string): Promise<Passport['run']> {
  const [row] = await ctx.db.select().from(jobRun).where(eq(jobRun.id, runId));
  if (!row) return null;
  return {
    id: row.id,
    jobTitle: isJobName(row.job) ? SCHEDULES[row.job].title : row.job,
    outcome: row.outcome,
    startedMs: row.startedAt.getTime(),
    finishedMs: row.finishedAt?.getTime() ?? null,
    rowsRead: row.rowsRead,
    rowsWritten: row.rowsWritten,
  };
}

/** The REST call that answers with this very cell; both `from` and `to` are included there. */
export function reproducePath(cell: CellKey, asOfMs?: number): string {
  const query = new URLSearchParams({
    metric: cell.metric,
    region: String(cell.region),
    freq: cell.freq,
    from: formatPeriod(cell.freq, cell.periodMs),
    to: formatPeriod(cell.freq, cell.periodMs),
    basis: cell.basis,
    measure: cell.measure,
    ...(cell.slice !== '' && { slice: cell.slice }),
    ...(asOfMs !== undefined && { asOf: new Date(asOfMs).toISOString() }),
  });
  return `/api/v1/observations?${query}`;
}
