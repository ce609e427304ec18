import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { childrenOf, regionsOfLevel } from '@/metrics/regions/tree';
import { publishOfficialFigures } from '@/server/compute/official';
import { readPassport } from '@/server/services/screens/passport';
import { actorOf } from '@/tests/support/actors';
import { cityCodes, figures, openWorld, type World } from '@/tests/support/compute';

let world: World;
beforeAll(async () => {
  world = await openWorld('2026-04-10T12:00:00');
});
afterAll(() => world.runtime.close());

/** Values of one region at one frequency and basis: start of period → value and flags, as known at an instant. */
async function series(metric: string, place: string, asOf?: string): Promise<Record<string, string>> {
  const cells = await world.cells(metric, { partial: true, ...(asOf && { asOf }) });
  return Object.fromEntries(
    Object.entries(cells).flatMap(([key, value]) =>
      key.startsWith(`${place} `) ? [[key.slice(place.length + 1), value]] : [],
    ),
  );
}

describe('formulas over published figures', () => {
  it('are known from the day their last operand was, revision by revision', async () => {
    await world.load('official_figure', [
      ...figures('gdp', 140000, { freq: 'A' }, [
        ['2020', '17651.93', '2021-02-01', 'prelim'],
        ['2020', '17835.6', '2022-03-01'],
      ]),
      ...figures('pop_resident', 140000, { freq: 'A', basis: 'point' }, [
        ['2019', '3496.9', '2021-06-01'],
        ['2020', '3490.5', '2021-06-01'],
      ]),
    ]);
    await world.compute();
    // 17651.93 · 10000 / ((3490.5 + 3496.9) / 2) = 50525.03…; the verified figure gives 51050.74….
    expect(await series('gdp_per_capita', '140000 A period', '2021-03-01')).toEqual({
      '2020-01-01': 'null(missing) operand_missing',
    });
    const before = await series('gdp_per_capita', '140000 A period', '2021-07-01');
    expect(Number(before['2020-01-01'])).toBeCloseTo(50525.0308, 3);
    const now = await series('gdp_per_capita', '140000 A period');
    expect(Number(now['2020-01-01'])).toBeCloseTo(51050.7485, 3);
    // The population of 2019 is known, its product is not.
    expect(now['2019-01-01']).toBe('null(missing) operand_missing');
  });

  it('run twice is run once, and a published value stands before the computed one', async () => {
    await world.load('official_figure', []);
    expect(await world.compute()).toMatchObject({ derivedRows: 0 });
    await world.load(
      'official_figure',
      figures('gdp_per_capita', 140000, { freq: 'A' }, [['2020', '51051', '2022-04-01']]),
    );
    await world.compute();
    expect(await series('gdp_per_capita', '140000 A period')).toMatchObject({ '2020-01-01': '51051' });
    expect(
      Number((await series('gdp_per_capita', '140000 A period', '2021-07-01'))['2020-01-01']),
    ).toBeCloseTo(50525.03, 1);
    await world.load(
      'official_figure',
      figures('gdp', 140000, { freq: 'A' }, [['2020', '17840', '2023-03-01']]),
    );
    await world.compute();
    expect(await series('gdp_per_capita', '140000 A period')).toMatchObject({ '2020-01-01': '51051' });
  });

  it('keep numerator and denominator of a ratio, and say why a value is missing', async () => {
    await world.load('official_figure', [
      ...figures('tax_revenue', 140100, { freq: 'M', basis: 'ytd' }, [['2025-03', '90', '2025-04-15']]),
      ...figures('budget_revenue', 140100, { freq: 'M', basis: 'ytd' }, [['2025-03', '120', '2025-04-15']]),
      ...figures('tax_revenue', 140200, { freq: 'M', basis: 'ytd' }, [['2025-03', '5', '2025-04-15']]),
      ...figures('budget_revenue', 140200, { freq: 'M', basis: 'ytd' }, [['2025-03', '0', '2025-04-15']]),
      ...figures('tax_revenue', 140300, { freq: 'M', basis: 'ytd' }, [['2025-03', '7', '2025-04-15']]),
    ]);
    await world.compute();
    expect(await series('tax_share', '140100 M ytd')).toEqual({ '2025-03-01': '75' });
    expect(await series('tax_share', '140200 M ytd')).toEqual({ '2025-03-01': 'null(missing) div0' });
    expect(await series('tax_share', '140300 M ytd')).toEqual({
      '2025-03-01': 'null(missing) operand_missing',
    });
    const [cell] = await world.observations('tax_share', { regions: [140100] });
    expect([cell?.numerator, cell?.denominator].map(Number)).toEqual([90, 120]);
  });
});

describe('other stretches of time', () => {
  it('take the single month from two cumulative figures of one publication batch (T12)', async () => {
    await world.load('official_figure', [
      ...figures('budget_revenue', 140500, { freq: 'M', basis: 'ytd' }, [
        ['2025-05', '520', '2025-06-15'],
        ['2025-06', '515', '2025-07-15'],
        // Revised in the batch of June.
        ['2025-05', '498', '2025-07-15'],
      ]),
    ]);
    await world.compute();
    expect(await series('budget_revenue', '140500 M period')).toEqual({ '2025-06-01': '17 deduced' });
    // A later revision of May alone is not June's: the batch that June came with counts.
    await world.load(
      'official_figure',
      figures('budget_revenue', 140500, { freq: 'M', basis: 'ytd' }, [['2025-05', '490', '2025-08-15']]),
    );
    await world.compute();
    expect(await series('budget_revenue', '140500 M period')).toEqual({ '2025-06-01': '17 deduced' });
  });

  it('keep to that batch through any number of later revisions', async () => {
    const load = (period: string, value: string, published: string) =>
      world.load(
        'official_figure',
        figures('budget_revenue', 141100, { freq: 'M', basis: 'ytd' }, [[period, value, published]]),
      );
    await load('2025-06', '600', '2025-07-15');
    await load('2025-07', '700', '2025-08-15');
    await world.compute();
    for (const [value, published] of [
      ['590', '2025-10-15'],
      ['580', '2025-11-15'],
    ] as const) {
      await load('2025-06', value, published);
      await world.compute();
    }
    expect(await series('budget_revenue', '141100 M period')).toEqual({ '2025-07-01': '100 deduced' });
  });

  it('merge January and February where the rule says so (T3), and not elsewhere', async () => {
    const cumulative = [
      ['2025-02', '1200', '2025-03-17'],
      ['2025-03', '1830', '2025-04-17'],
      ['2025-04', '2450', '2025-05-17'],
    ] as const;
    await world.load('official_figure', [
      ...figures('retail_sales', 140600, { freq: 'M', basis: 'ytd' }, cumulative),
      ...figures('budget_revenue', 140600, { freq: 'M', basis: 'ytd' }, [
        ['2025-01', '500', '2025-02-15'],
        ...cumulative,
      ]),
    ]);
    await world.compute();
    expect(await series('retail_sales', '140600 M period')).toEqual({
      '2025-03-01': '630 deduced',
      '2025-04-01': '620 deduced',
    });
    expect(await series('budget_revenue', '140600 M period')).toEqual({
      '2025-01-01': '500',
      '2025-02-01': '700 deduced',
      '2025-03-01': '630 deduced',
      '2025-04-01': '620 deduced',
    });
    // Not yet December: there is no year.
    expect(await series('retail_sales', '140600 A period')).toEqual({});
  });

  it('take single quarters (T2) and the year from the last cumulative figure, never growth from growth (T10)', async () => {
    await world.load('official_figure', [
      ...figures('gdp', 140900, { freq: 'Q', basis: 'ytd' }, [
        ['2023-Q3', '18049.37', '2023-10-20'],
        ['2023-Q4', '25698.18', '2024-01-20', 'prelim'],
      ]),
      ...figures('iva_growth', 140900, { freq: 'M', basis: 'ytd' }, [
        ['2023-04', '-2.3', '2023-05-18'],
        ['2023-05', '-1.1', '2023-06-18'],
      ]),
    ]);
    await world.compute();
    // The year is preliminary, what is subtracted from it is not.
    expect(await series('gdp', '140900 Q period')).toEqual({ '2023-10-01': '7648.81 deduced status_mixed' });
    expect(await series('gdp', '140900 A period')).toEqual({ '2023-01-01': '25698.18' });
    expect(await series('iva_growth', '140900 M period')).toEqual({});
    // Published as years, which end 1–12月 and the fourth quarter: 7800 − 7100, 26000 − 18600.
    await world.load('official_figure', [
      ...figures('retail_sales', 141000, { freq: 'M', basis: 'ytd' }, [['2024-11', '7100', '2024-12-17']]),
      ...figures('retail_sales', 141000, { freq: 'A', basis: 'period' }, [['2024', '7800', '2025-03-25']]),
      ...figures('gdp', 141000, { freq: 'A', basis: 'period' }, [['2024', '26000', '2025-03-25']]),
    ]);
    await world.compute();
    expect(await series('retail_sales', '141000 M period')).toEqual({ '2024-12-01': '700 deduced' });
    expect(await series('gdp', '141000 Q period')).toEqual({});
    await world.load(
      'official_figure',
      figures('gdp', 141000, { freq: 'Q', basis: 'ytd' }, [['2024-Q3', '18600', '2024-10-20']]),
    );
    await world.compute();
    expect(await series('gdp', '141000 Q period')).toEqual({ '2024-10-01': '7400 deduced' });
  });
});

describe('rollups of published figures', () => {
  it('add up all parts or nothing, and give way to the publication of the whole (T25)', async () => {
    const each = (n: number) =>
      cityCodes()
        .slice(0, n)
        .flatMap((city, i) =>
          figures('grain_output', city, { freq: 'A' }, [['2022', String(10 + i), '2023-02-01']]),
        );
    await world.load('official_figure', each(10));
    await world.compute();
    expect(await series('grain_output', '140000 A period')).toEqual({});
    await world.load('official_figure', each(11));
    await world.compute();
    // 10 + 11 + … + 20.
    expect(await series('grain_output', '140000 A period')).toEqual({ '2022-01-01': '165' });
    await world.load(
      'official_figure',
      figures('grain_output', 140000, { freq: 'A' }, [['2022', '165.2', '2023-02-10']]),
    );
    await world.compute();
    expect(await series('grain_output', '140000 A period')).toEqual({ '2022-01-01': '165.2' });
  });
});

describe('a weighted mean of published figures', () => {
  const counties = childrenOf(140300).map(({ code }) => code);
  const WEIGHTS = ['2', '6', '1', '1', '2'];
  const STANDARDS = ['700', '600', '500', '800', '550'];
  const weigh = (period: string, index: number, weight: string, published: string) =>
    figures('dibao_urban', counties[index] ?? 0, { freq: 'M', basis: 'point' }, [
      [period, weight, published],
    ]);

  it.each([
    ['point', '2025-03'],
    ['period', '2025-04'],
  ])('is reopened by a weight that is revised, as by a value (T27), at basis %s', async (basis, month) => {
    await world.load('official_figure', [
      ...WEIGHTS.flatMap((weight, index) => weigh(month, index, weight, '2025-05-10')),
      ...STANDARDS.flatMap((standard, index) =>
        figures('dibao_std_urban', counties[index] ?? 0, { freq: 'M', basis }, [
          [month, standard, '2025-05-10'],
        ]),
      ),
    ]);
    await world.compute();
    const made = async (asOf?: string) =>
      Number((await series('dibao_std_urban', `140300 M ${basis}`, asOf))[`${month}-01`]);
    // (1400 + 3600 + 500 + 800 + 1100) / 12.
    expect(await made()).toBeCloseTo(616.6667, 4);
    await world.load(
      'official_figure',
      weigh(month, 1, '2', '2025-06-10').concat(weigh(month, 1, '10', '2025-07-10')),
    );
    await world.compute();
    // (1400 + 6000 + 500 + 800 + 1100) / 16.
    expect(await made()).toBeCloseTo(612.5, 4);
    expect(await made('2025-06-01')).toBeCloseTo(616.6667, 4);
  });
});

describe('the province of what is measured in its cities', () => {
  const PM10 = ['30', '31', '32', '33', '34', '35', '36', '37', '38', '39', '36.7'];
  const may = '140000 M mean';
  const city = (index: number, value: string, published: string) =>
    figures('pm10_avg', cityCodes()[index] ?? 0, { freq: 'M', basis: 'mean' }, [
      ['2018-05', value, published],
    ]);

  it('is the mean of its cities once all of them are published (T28)', async () => {
    await world.load(
      'official_figure',
      PM10.slice(0, 10).flatMap((value, index) => city(index, value, '2018-06-15')),
    );
    await world.compute();
    expect(await series('pm10_avg', may)).toEqual({});
    await world.load('official_figure', city(10, '36.7', '2018-06-20'));
    await world.compute();
    // 381.7 / 11.
    expect(await series('pm10_avg', may)).toEqual({ '2018-05-01': '34.7 of_published' });
    await world.load('official_figure', city(10, '47.7', '2018-07-20'));
    await world.compute();
    expect(await series('pm10_avg', may)).toEqual({ '2018-05-01': '35.7 of_published' });
    expect(await series('pm10_avg', may, '2018-07-01')).toEqual({ '2018-05-01': '34.7 of_published' });
    const [cell] = await world.observations('pm10_avg', { regions: [140000] });
    const passport = cell && (await readPassport(world.runtime.context(), { cell }));
    expect(passport?.madeOf?.operands).toHaveLength(11);
  });

  it('gives way to what is said of the province itself, and makes no city of its counties', async () => {
    await world.load(
      'official_figure',
      figures('pm10_avg', 140000, { freq: 'M', basis: 'mean' }, [['2018-05', '36', '2018-08-01']]),
    );
    await world.compute();
    expect(await series('pm10_avg', may)).toEqual({ '2018-05-01': '36' });
    await world.load(
      'official_figure',
      childrenOf(140300).flatMap(({ code }) =>
        figures('pm10_avg', code, { freq: 'M', basis: 'mean' }, [['2018-06', '40', '2018-07-15']]),
      ),
    );
    await world.compute();
    expect(await series('pm10_avg', '140300 M mean')).toEqual({ '2018-05-01': '32' });
  });
});

describe('rollups over two levels', () => {
  it('make cities of counties and the province of cities in one pass', async () => {
    const counties = regionsOfLevel('county').map(({ code }) => code);
    await world.load(
      'official_figure',
      counties.flatMap((county) =>
        figures('grain_output', county, { freq: 'A' }, [['2023', '2', '2024-02-01']]),
      ),
    );
    await world.compute();
    expect(await series('grain_output', '140300 A period')).toMatchObject({ '2023-01-01': '10' });
    expect(await series('grain_output', '140000 A period')).toMatchObject({
      '2023-01-01': String(2 * counties.length),
    });
  });
});

describe('a kill between the figures and what follows from them', () => {
  it('costs nothing: the next run derives it, once', async () => {
    const both = (value: string) => [
      ...figures('tax_revenue', 141000, { freq: 'M', basis: 'ytd' }, [['2025-03', value, '2025-04-15']]),
      ...figures('budget_revenue', 141000, { freq: 'M', basis: 'ytd' }, [['2025-03', '100', '2025-04-15']]),
    ];
    await world.load('official_figure', both('60'));
    await publishOfficialFigures(world.runtime.stores, 'killed-run');
    expect(await series('tax_share', '141000 M ytd')).toEqual({});
    await world.compute();
    expect(await series('tax_share', '141000 M ytd')).toEqual({ '2025-03-01': '60' });
    expect(await world.compute({ dataset: 'official_figure' })).toMatchObject({ derivedRows: 0 });
  });
});

describe('the passport of a derived number', () => {
  it('names the operands as they were known when it was made, and none outside the scope', async () => {
    const [cell] = await world.observations('grain_output', { regions: [140000] });
    const [share] = await world.observations('tax_share', { regions: [140100] });
    expect(cell && (await readPassport(world.runtime.context(), { cell })).madeOf).toBeNull();
    const passport = share && (await readPassport(world.runtime.context(), { cell: share }));
    expect(
      passport?.madeOf?.operands.map(({ label, text, regionName }) => [label, text, regionName]),
    ).toEqual([
      ['tax_revenue', '90.00', '太原市'],
      ['budget_revenue', '120.00', '太原市'],
    ]);
    const economist = actorOf('analyst', { domains: ['economy'] });
    const [density] = await world.observations('beds_per_1000', { regions: [140000] });
    expect(density).toBeDefined();
    const elsewhere = actorOf('analyst', { domains: ['education_health'] });
    const hidden = density && (await readPassport(world.runtime.context(elsewhere), { cell: density }));
    expect(hidden?.madeOf).toMatchObject({ outsideScope: true, operands: [] });
    await expect(
      density && readPassport(world.runtime.context(economist), { cell: density }),
    ).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});
