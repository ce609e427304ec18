import { describe, expect, it } from 'vitest';
import { compileInput } from '@/metrics/testing/compile-input';
import { TICKETS } from '@/metrics/testing/contracts';
import { sample } from '@/metrics/testing/definitions';
import { compileDataset } from './compile';
import { compileExpression, NotCompilable } from './expression';
import { render } from './sql/fragment';
import type { CompileInput } from './types';
import { mergeWindows, sharingPeriods, splitWindow, widen } from './windows';

const at = (text: string) => Date.parse(`${text}+08:00`);

function input(members: Record<string, unknown>): CompileInput {
  return compileInput({ definitions: [{ definition: sample.aggregated(members), version: 3 }] });
}

const scope = {
  columns: new Set(TICKETS.columns.map((column) => column.name)),
  workdays: { offWeekdays: [], extraWorkdays: [], years: [] },
};

describe('compiling a dataset', () => {
  it('is deterministic', () => {
    const given = input({ slices: ['topic', 'channel'] });
    expect(compileDataset(given)).toEqual(compileDataset(given));
  });

  it('binds every value, whatever it says', () => {
    const hostile = "x') OR 1=1; DROP TABLE observation; --";
    const plan = compileDataset(input({ where: `topic = "${hostile}"` }));
    const statements = plan.layers.flat();
    expect(statements.length).toBeGreaterThan(0);
    for (const { select } of statements) expect(select.sql).not.toContain('DROP');
    expect(Object.values(statements[0]?.select.params ?? {})).toContain(hostile);
  });

  it('refuses with a reason instead of compiling something else', () => {
    const reasons = (members: Record<string, unknown>) => compileDataset(input(members)).refusals;
    expect(reasons({ where: 'no_such_column = 1' })).toMatchObject([{ code: 'no_compilable_form' }]);
    expect(reasons({ rollup: 'published_only' })).toMatchObject([{ code: 'unsupported_rollup' }]);
    expect(reasons({ where: 'create_ts < period_end()' })).toMatchObject([{ code: 'no_compilable_form' }]);
    expect(compileDataset(input({ rollup: 'none' })).layers).toEqual([]);
  });

  it('shares one statement between metrics placed by the same time', () => {
    const given = input({ code: 'one' });
    const more = ['two', 'three'].map((code) => ({ definition: sample.aggregated({ code }), version: 1 }));
    const plan = compileDataset({ ...given, definitions: [...given.definitions, ...more], freqs: ['M'] });
    expect(plan.layers.flat().map(({ metrics }) => metrics)).toEqual([['one', 'three', 'two']]);
  });

  it('reopens the whole month and year of a late day', () => {
    const complete = compileDataset(input({ freq: 'D', period_rule: 'D' }))
      .layers.flat()
      .flatMap((one) => one.complete);
    const of = (freq: string, basis: string) =>
      complete.find((one) => one.freq === freq && one.basis === basis);
    expect(of('D', 'period')).toMatchObject({
      fromMs: at('2026-03-10T00:00:00'),
      toMs: at('2026-03-11T00:00:00'),
    });
    expect(of('M', 'period')).toMatchObject({
      fromMs: at('2026-03-01T00:00:00'),
      toMs: at('2026-04-01T00:00:00'),
    });
    expect(of('M', 'ytd')).toMatchObject({
      fromMs: at('2026-01-01T00:00:00'),
      toMs: at('2027-01-01T00:00:00'),
    });
  });
});

describe('row expressions', () => {
  it.each([
    ["channel in ('web', 'app')", '(`channel` IN ({p1:String}, {p2:String}))'],
    ['not dispatched', '(NOT `dispatched`)'],
    ['revisit_sat between 3 and 5', '(`revisit_sat` BETWEEN {p1:Decimal(38, 10)} AND {p2:Decimal(38, 10)})'],
    ['finish_ts is not null', 'isNotNull(`finish_ts`)'],
    ['date(finish_ts) <> date(due_ts)', '(toDate(`finish_ts`) != toDate(`due_ts`))'],
  ])('%s', (text, sql) => {
    expect(render(compileExpression(text, scope)).sql).toBe(sql);
  });

  it.each(['unknown = 1', 'sleep(3)', 'topic = ', '`topic` = 1', 'topic; drop', 'x.y = 1'])(
    'refuses %s',
    (text) => {
      expect(() => compileExpression(text, scope)).toThrow(NotCompilable);
    },
  );
});

describe('windows', () => {
  const day = 86_400_000;
  it('merge when they touch, and keep what lies apart', () => {
    const windows = [
      { fromMs: 10, toMs: 20 },
      { fromMs: 0, toMs: 10 },
      { fromMs: 30, toMs: 40 },
    ];
    expect(mergeWindows(windows)).toEqual([
      { fromMs: 0, toMs: 20 },
      { fromMs: 30, toMs: 40 },
    ]);
  });

  it('end with the period of their last instant, not the one after it', () => {
    const march = { fromMs: at('2026-03-01T00:00:00'), toMs: at('2026-04-01T00:00:00') };
    expect(widen('M', march)).toEqual(march);
    expect(widen('M', { fromMs: march.toMs - day, toMs: march.toMs + 1 }).toMs).toBe(
      at('2026-05-01T00:00:00'),
    );
  });

  it('of one month are together, those of two are not, touching or apart', () => {
    const of = (from: string, to: string) => ({ fromMs: at(`${from}T00:00:00`), toMs: at(`${to}T00:00:00`) });
    const [early, late] = [of('2026-03-03', '2026-03-04'), of('2026-03-25', '2026-03-26')];
    const across = of('2026-03-30', '2026-04-02');
    const [april, may] = [of('2026-04-20', '2026-05-01'), of('2026-05-01', '2026-05-02')];
    expect(sharingPeriods('M', [late, early])).toEqual([[early, late]]);
    expect(sharingPeriods('M', [early, april])).toEqual([[early], [april]]);
    // Each shares a month with the next one, so that no month is in two groups.
    expect(sharingPeriods('M', [april, late, across])).toEqual([[late, across, april]]);
    expect(sharingPeriods('M', [april, may])).toEqual([[{ fromMs: april.fromMs, toMs: may.toMs }]]);
  });

  it('split at month boundaries without gaps', () => {
    const pieces = splitWindow(
      'M',
      { fromMs: at('2026-01-15T00:00:00'), toMs: at('2026-05-02T00:00:00') },
      2,
    );
    expect(pieces.map(({ fromMs, toMs }) => [fromMs, toMs])).toEqual([
      [at('2026-01-15T00:00:00'), at('2026-03-01T00:00:00')],
      [at('2026-03-01T00:00:00'), at('2026-05-01T00:00:00')],
      [at('2026-05-01T00:00:00'), at('2026-05-02T00:00:00')],
    ]);
  });
});
