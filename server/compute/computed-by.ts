import { like } from 'drizzle-orm';
import { z } from 'zod';
import { askedByQuarter } from '@/metrics/compile/quarters';
import { countingOf, type Registry } from '@/server/catalogue/registry';
import type { Stores } from '@/server/context';
import { allDatasets } from '@/server/datasets/registry';
import { setting } from '@/server/db/schema/registry';
import { putSetting } from '@/server/db/settings';
import { FIRST_RULES, rulesOf } from './row-rules';

const KEY = 'computed_by:';

const computedBySchema = z.object({
  /** Number of the engine's rules for the dataset. */
  rules: z.number().int(),
  /** Of each metric what its cells of the whole history were computed by: version, quarters, versions of operands. */
  metrics: z.record(z.string(), z.string()),
});

/** What all cells of a dataset were computed by. */
export type ComputedBy = z.infer<typeof computedBySchema>;

/** What of a dataset must be computed again; null: nothing, `all`: every metric. */
export type Outdated = null | 'all' | string[];

/** What a dataset is computed by now. Versions and not contents: these would differ for every member a schema gains. */
export function presentlyComputedBy(
  registry: Registry,
  dataset: string,
  rules = rulesOf(dataset),
): ComputedBy {
  const quarterly = quarterlyOf(registry);
  const metrics: Record<string, string> = {};
  for (const entry of registry.all()) {
    const { definition } = entry;
    if (definition.kind !== 'aggregated' || definition.dataset !== dataset) continue;
    const operands = Object.values(definition.fn?.args ?? {}).flatMap((value) => {
      const operand = registry.find(String(value));
      return operand ? [`${operand.definition.code} ${countingOf(operand).version}`] : [];
    });
    const quarters = quarterly.has(definition.code) ? ['Q'] : [];
    metrics[definition.code] = [String(countingOf(entry).version), ...quarters, ...operands].join(', ');
  }
  return { rules, metrics };
}

/** A metric that is gone leaves nothing to be computed. */
export function outdated(known: ComputedBy | undefined, present: ComputedBy): Outdated {
  if (known?.rules !== present.rules) return 'all';
  const changed = Object.keys(present.metrics).filter(
    (code) => known.metrics[code] !== present.metrics[code],
  );
  return changed.length > 0 ? changed.sort() : null;
}

/** By dataset; one that is not remembered is absent. */
export async function readComputedBy({ db }: Pick<Stores, 'db'>): Promise<Map<string, ComputedBy>> {
  const rows = await db
    .select()
    .from(setting)
    .where(like(setting.key, `${KEY}%`));
  return new Map(rows.map(({ key, value }) => [key.slice(KEY.length), computedBySchema.parse(value)]));
}

export async function rememberComputedBy(
  stores: Pick<Stores, 'db' | 'clock'>,
  dataset: string,
  value: ComputedBy,
): Promise<void> {
  await putSetting(stores, KEY + dataset, value);
}

/**
 * Writes down what the cells that there are were computed by, where that is not known: by the present rules in a new
 * installation, which has none; else by the definitions as the former build left them and the first rules.
 */
export async function rememberOrigin(
  { db, clock }: Pick<Stores, 'db' | 'clock'>,
  registry: Registry,
  { isNew }: { isNew: boolean },
): Promise<void> {
  const updatedAt = new Date(clock.nowMs());
  const values = allDatasets().map(({ contract: { name } }) => ({
    key: KEY + name,
    value: presentlyComputedBy(registry, name, isNew ? rulesOf(name) : FIRST_RULES),
    updatedAt,
  }));
  await db.insert(setting).values(values).onConflictDoNothing();
}

const quarters = new WeakMap<Registry, ReadonlySet<string>>();

function quarterlyOf(registry: Registry): ReadonlySet<string> {
  const known = quarters.get(registry);
  if (known) return known;
  const asked = askedByQuarter(registry.all().map(({ definition }) => definition));
  quarters.set(registry, asked);
  return asked;
}
