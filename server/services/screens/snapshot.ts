import type { RegionCode } from '@/metrics/model/cell';
import { ancestorsOf, childrenOf } from '@/metrics/regions/tree';
import { assertCan } from '@/server/access/roles';
import { assertRegion, domainInScope, regionInScope } from '@/server/access/scope';
import { readWorkCalendar } from '@/server/calendar/holidays';
import type { Context } from '@/server/context';
import { AppError } from '@/server/errors';
import { currentDataVersion } from '@/server/observations/append';
import { firstKnownMs } from '@/server/observations/first-known';
import { knownInstant } from '@/server/services/observations/known-instant';
import { metricsOfPanel } from '@/server/services/screens/definition/metrics-of';
import type { ScreenDefinition } from '@/server/services/screens/definition/model';
import { SCREENS } from '@/server/services/screens/definition/screens';
import { figuresOf } from '@/server/services/screens/figures-of';
import { readPanel } from '@/server/services/screens/panels/read-panel';
import { choicesOfScreen, openPool } from '@/server/services/screens/pool';
import {
  type Reading,
  regionInForce,
  regionRef,
  type ScreenMaterial,
} from '@/server/services/screens/reading';
import { rootRegion } from '@/server/services/screens/root-region';
import { sharedSnapshot } from '@/server/services/screens/snapshot-cache';
import type { RegionRef, ScreenSnapshot } from '@/server/services/screens/types';

const SCREEN_BY_SLUG: ReadonlyMap<string, ScreenDefinition> = new Map(
  SCREENS.map((screen) => [screen.slug, screen]),
);

/** Data may be appended while a screen is read; it is then read again, so that all panels show one version. */
const CONSISTENT_READS = 3;

export interface ReadScreenInput {
  screen: string;
  /** Default: the widest region of this screen that the actor may see. */
  region?: RegionCode;
  /** As known at this instant; default now. */
  asOfMs?: number;
}

/**
 * One screen at one instant: every panel read with the same as-of and the same data version, complete and
 * serialisable. Equal requests of equal scope share one reading.
 * @throws AppError `not_found` for an unknown screen or region, `forbidden` outside the actor's regions, `bad_input` for
 * an instant to come.
 */
export async function readScreen(ctx: Context, input: ReadScreenInput): Promise<ScreenSnapshot> {
  assertCan(ctx.actor, 'screen:read');
  const definition = SCREEN_BY_SLUG.get(input.screen);
  if (!definition) throw new AppError('not_found', `没有大屏 ${input.screen}`, { place: 'screen' });
  const root = rootRegion(ctx);
  const region = regionInForce(input.region ?? root.code);
  assertRegion(ctx.actor.scope, region.code);
  const pinnedMs = input.asOfMs === undefined ? undefined : knownInstant(ctx, input.asOfMs);
  const version = await currentDataVersion(ctx);
  const key = {
    screen: definition.slug,
    root: root.code,
    region: region.code,
    asOfMs: pinnedMs ?? null,
    version,
  };
  return sharedSnapshot(
    ctx,
    key,
    () => readConsistently(ctx, definition, root, region, pinnedMs),
    (material) => compose(definition, material, pinnedMs),
  );
}

async function readConsistently(
  ctx: Context,
  definition: ScreenDefinition,
  root: RegionRef,
  region: RegionRef,
  pinnedMs: number | undefined,
): Promise<ScreenMaterial> {
  for (let attempt = 1; ; attempt += 1) {
    const version = await currentDataVersion(ctx);
    const asOfMs = pinnedMs ?? ctx.clock.nowMs();
    const path = pathOf(root, region);
    const compared = comparedOf(path, region);
    const children = comparedIn(ctx, compared);
    const seen = [...path, ...children].map(({ code }) => code);
    const pool = openPool(ctx, choicesOfScreen(definition), [...new Set(seen)], asOfMs);
    const calendar = await readWorkCalendar(ctx);
    const shared = new Map();
    const reading: Reading = { ctx, asOfMs, calendar, root, region, compared, children, path, pool, shared };
    const panels = await Promise.all(
      definition.panels.filter(({ kind }) => kind !== 'events').map((panel) => readPanel(reading, panel)),
    );
    if ((await currentDataVersion(ctx)) !== version && attempt < CONSISTENT_READS) continue;
    return { reading, version, panels: new Map(panels.map((panel) => [panel.id, panel])) };
  }
}

async function compose(
  definition: ScreenDefinition,
  { reading, version, panels: read }: ScreenMaterial,
  pinnedMs: number | undefined,
): Promise<ScreenSnapshot> {
  const { root, region } = reading;
  // Loads that came after the observations were read are events all the same.
  const now: Reading = { ...reading, asOfMs: pinnedMs ?? reading.ctx.clock.nowMs() };
  const panels = await Promise.all(
    definition.panels.map((panel) => read.get(panel.id) ?? readPanel(now, panel)),
  );
  const figures = figuresOf(panels);
  const newest = figures
    .filter((figure) => figure.vintageMs !== null && figure.value !== null)
    .reduce<(typeof figures)[number] | null>(
      (best, figure) => (best === null || (figure.vintageMs ?? 0) > (best.vintageMs ?? 0) ? figure : best),
      null,
    );
  const isEmpty = pinnedMs !== undefined && newest === null;
  return {
    screen: definition.slug,
    title: definition.title,
    region,
    root,
    path: reading.path,
    asOfMs: reading.asOfMs,
    pinned: pinnedMs !== undefined,
    version,
    newest: newest && {
      name: newest.name,
      periodLabel: newest.periodLabel,
      vintageMs: newest.vintageMs ?? 0,
      demo: newest.demo,
    },
    nothingKnown: isEmpty
      ? { firstKnownMs: await firstKnownMs(reading.ctx, readableMetrics(reading.ctx, definition)) }
      : null,
    demo: figures.some((figure) => figure.demo),
    layouts: definition.layouts,
    panels,
  };
}

/** Metrics of the screen in the reader's domains. */
function readableMetrics(ctx: Context, { panels }: ScreenDefinition): string[] {
  const shown = new Set(panels.flatMap((panel) => [...metricsOfPanel(panel)]));
  return [...shown].filter((code) => {
    const found = ctx.registry.find(code);
    return found !== undefined && domainInScope(ctx.actor.scope, found.definition.domain);
  });
}

/** A county has nothing below it: it is seen among those of its city, where the reader may see that. */
function comparedOf(path: readonly RegionRef[], region: RegionRef): RegionRef {
  return (region.level === 'county' ? path.at(-2) : undefined) ?? region;
}

/** Direct subordinates that the reader may see; a county that is seen without its city stands for itself. */
function comparedIn({ actor }: Context, compared: RegionRef): RegionRef[] {
  if (compared.level === 'county') return [compared];
  return childrenOf(compared.code)
    .filter(({ code }) => regionInScope(actor.scope, code))
    .map(({ code }) => regionRef(code));
}

/** From the root down to the region, both included. */
function pathOf(root: RegionRef, region: RegionRef): RegionRef[] {
  if (root.code === region.code) return [root];
  const between = ancestorsOf(region.code);
  const upTo = between.indexOf(root.code);
  return [root, ...between.slice(0, Math.max(upTo, 0)).reverse().map(regionRef), region];
}
