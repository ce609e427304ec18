import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GET as trpc } from '@/app/api/trpc/[trpc]/route';
import { GET as getRejects } from '@/app/api/v1/loads/[id]/rejects/route';
import { GET as getLoad } from '@/app/api/v1/loads/[id]/route';
import { GET as getMetric } from '@/app/api/v1/metrics/[code]/route';
import { GET as getMetrics } from '@/app/api/v1/metrics/route';
import { GET as getObservations } from '@/app/api/v1/observations/route';
import { GET as getRegions } from '@/app/api/v1/regions/route';
import { formatSlice } from '@/metrics/model/slice';
import { createToken } from '@/server/services/tokens/tokens';
import { HOSTILE_TEXTS } from '@/tests/support/hostile-texts';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

const METRIC = 'hotline_requests';
const ORIGIN = 'http://cockpit.test';
let runtime: TestRuntime;
let token: string;

beforeAll(async () => {
  runtime = await openTestRuntime();
  const { stores } = runtime;
  const app = { runtime: { ...runtime, onClose: () => undefined }, contextFor: runtime.context };
  Object.assign(globalThis, { yipingApp: Promise.resolve(app) });
  token = (await createToken(runtime.context(), { name: 't', role: 'admin', regions: [140000] })).token;
  const cell = { metric: METRIC, freq: 'M', basis: 'period', measure: 'level', region: 140000 };
  const fact = { sample_count: 1, status: 'final', vintage: '1704067200.000', recorded_at: '1704067200.000' };
  await stores.warehouse.jobs.insert('observation', [
    { ...cell, ...fact, slice: '', period: '2023-12-01 00:00:00', value: '777' },
    ...HOSTILE_TEXTS.map((topic, i) => ({
      ...cell,
      ...fact,
      slice: formatSlice({ topic }),
      period: '2023-12-01 00:00:00',
      value: String(i),
    })),
  ]);
});
afterAll(() => runtime.close());

type Handler = (request: Request) => Promise<Response>;
async function ask(handler: Handler, query: string, authorization = `Bearer ${token}`) {
  const response = await handler(new Request(`${ORIGIN}/api?${query}`, { headers: { authorization } }));
  return { status: response.status, json: await response.json() };
}
const REFUSALS = [400, 401, 403, 404];

/** A typed refusal: a code, a place and a sentence in Chinese, nothing of the engine. */
function expectRefusal({ status, json }: Awaited<ReturnType<typeof ask>>, place?: string) {
  expect(REFUSALS).toContain(status);
  expect(json.error.message).toMatch(/[\u4e00-\u9fff]/);
  expect(json.error.message).not.toMatch(/DB::|Exception|SELECT|syntax error/i);
  if (place !== undefined) expect(json.error.place).toBe(place);
}

describe('slices over REST', () => {
  it.each(HOSTILE_TEXTS.map((text, i) => [text, i] as const))('%j is read back alone', async (topic, i) => {
    const slice = encodeURIComponent(formatSlice({ topic }));
    const { status, json } = await ask(getObservations, `metric=${METRIC}&slice=${slice}`);
    expect([status, json.observations.map((o: { value: string }) => o.value)]).toEqual([200, [String(i)]]);
  });

  it('gives every one of them for `all`, several when several are named, the whole when none is', async () => {
    const values = async (query: string) =>
      (await ask(getObservations, `metric=${METRIC}&${query}`)).json.observations.length;
    expect(await values('slice=all')).toBe(HOSTILE_TEXTS.length + 1);
    expect(await values(`slice=${encodeURIComponent('topic=\\0,topic=a,b')}`)).toBe(2);
    for (const empty of ['slice=', 'region=', 'freq=', 'basis=&measure='])
      expect(await values(empty)).toBe(1);
  });

  it.each([
    '__proto__=x',
    'topic',
    '=x',
    'topic=%zz',
    'topic=%',
    'topic=%C0%80',
    'topic=%3b',
    'topic=%41',
    'topic=x;',
    ';topic=x',
    'topic=x;topic=x',
    'topic=x;channel=y',
    'topic=a=b',
    `topic=${'x'.repeat(300)}`,
    "topic='; DROP TABLE observation; --",
    'topic=a\0b',
  ])('%j is refused', async (slice) => {
    expectRefusal(await ask(getObservations, `metric=${METRIC}&slice=${encodeURIComponent(slice)}`));
  });
});

describe('other parameters over REST', () => {
  const observations: [query: string, place: string][] = [
    ['region=NaN', 'region.0'],
    ['region=Infinity', 'region.0'],
    ['region=1e400', 'region.0'],
    ['region=-140000', 'region'],
    ['region=140000.5', 'region.0'],
    ['region=140000%20OR%201=1', 'region.0'],
    ['region=１４００００', 'region.0'],
    ['region=4294967296', 'region'],
    ['region=140000,', 'region'],
    ['region=110000', 'region'],
    ['region=__proto__', 'region.0'],
    [`region=${'140000,'.repeat(501)}140000`, 'region'],
    ['freq=M%27', 'freq.0'],
    ['freq=m', 'freq.0'],
    ['freq=constructor', 'freq.0'],
    ['basis=__proto__', 'basis.0'],
    ["basis=ytd'--", 'basis.0'],
    [`basis=${'x'.repeat(40)}`, 'basis.0'],
    ['measure=level;', 'measure.0'],
    ['measure=__proto__', 'measure.0'],
    ['from=1948', 'from'],
    ['from=2101', 'from'],
    ['from=2024-02-30', 'from'],
    ['from=2024-00', 'from'],
    ['from=2024-Q5', 'from'],
    ['from=now()', 'from'],
    ["from=2024'", 'from'],
    [`from=${'9'.repeat(33)}`, 'from'],
    [`from=1${'%20'.repeat(30)}1`, 'from'],
    ['to=2024-13', 'to'],
    ['to=下半年', 'to'],
    ['to=2024-01-01T24', 'to'],
    ['asOf=2024-02-30', 'asOf'],
    ['asOf=2023-02-29T00:00:00Z', 'asOf'],
    ['asOf=2024-01-01T25:00:00Z', 'asOf'],
    ['asOf=2024-01-01T00:00:00', 'asOf'],
    ['asOf=2024-01-01T00:00:00%2B99:99', 'asOf'],
    ['asOf=9999-12-31', 'asOf'],
    ['asOf=0000-01-01', 'asOf'],
    ['asOf=NaN', 'asOf'],
    ["asOf='%20OR%201", 'asOf'],
    ['last=0', 'last'],
    ['last=1.5', 'last'],
    ['last=1e9', 'last'],
    ['last=-1', 'last'],
    ['limit=0', 'limit'],
    ['limit=1e99', 'limit'],
    ['limit=100001', 'limit'],
    ['limit=1;DROP', 'limit'],
    ['limit=NaN', 'limit'],
    ['format=xml', 'format'],
    ['format=__proto__', 'format'],
    ['vintages=1', 'vintages'],
    ['bom=1', 'bom'],
    ['__proto__=1', '__proto__'],
    ['constructor=1', 'constructor'],
    ['metrics=x', 'metrics'],
    ['metric%00=x', 'metric\ufffd'],
    ['from=2024%00', 'from'],
    ['limit=1&limit=2', 'limit'],
  ];
  it.each(observations)('observations: %s', async (query, place) => {
    expectRefusal(await ask(getObservations, `metric=${METRIC}&${query}`), place);
  });

  it.each([
    '',
    'metric=',
    'metric=,',
    'metric=GDP',
    'metric=gdp%27',
    'metric=gdp%00',
    'metric=gdp%3B',
    'metric=%E2%80%8Bgdp',
    'metric=gd%D1%80',
    'metric=__proto__',
    'metric=constructor',
    `metric=${'x'.repeat(65)}`,
    `metric=${'gdp,'.repeat(60)}`,
    'metric=gdp/../x',
    'metric=observation',
    'metric=*',
  ])('metric codes: %s', async (query) => {
    expectRefusal(await ask(getObservations, query));
  });

  it.each<[Handler, string]>([
    [getMetrics, 'q=%00'],
    [getMetrics, `q=${'x'.repeat(101)}`],
    [getMetrics, 'domain=__proto__'],
    [getMetrics, 'kind=constructor'],
    [getMetrics, 'computed=1'],
    [getMetrics, 'offset=-1'],
    [getMetrics, 'offset=1e308'],
    [getMetrics, 'limit=501'],
    [getRegions, 'level=__proto__'],
    [getRegions, 'parent=x'],
    [getRegions, 'parent=1e400'],
    [getRegions, 'state=%00'],
  ])('lists %#: %s', async (handler, query) => {
    expectRefusal(await ask(handler, query));
  });

  it.each(['__proto__', 'constructor', 'gdp\0', "gdp' OR 1=1", '../../etc/passwd', 'x'.repeat(5000)])(
    'addresses: %j',
    async (name) => {
      const params = { params: Promise.resolve({ code: name, id: name }) };
      for (const handler of [getMetric, getLoad, getRejects])
        expectRefusal(await ask((request) => handler(request, params), ''));
    },
  );

  it.each([
    ['no scheme', () => token],
    ['another scheme', () => `Basic ${token}`],
    ['no token', () => 'Bearer'],
    ['a longer one', () => `Bearer ${token}x`],
    ['a shorter one', () => `Bearer ${token.slice(0, -1)}`],
    ['other case', () => `Bearer ${token.toUpperCase()}`],
    ['two', () => `Bearer ${token} ${token}`],
    ['an injection', () => "Bearer yp_' OR 1=1 --"],
    ['a prototype', () => 'Bearer yp___proto__'],
    ['a wildcard', () => 'Bearer yp_%'],
    ['100,000 characters', () => `Bearer yp_${'a'.repeat(100_000)}`],
  ])('tokens: %s', async (_, authorization) => {
    const answer = await ask(getMetrics, 'limit=1', authorization());
    expect([answer.status, answer.json.error.code]).toEqual([401, 'unauthenticated']);
  });
});

describe('procedures', () => {
  const cell = {
    metric: METRIC,
    freq: 'M',
    region: 140000,
    slice: '',
    basis: 'ytd',
    measure: 'level',
    periodMs: 0,
  };
  const FAR = Number.MAX_SAFE_INTEGER;
  it.each<[string, unknown]>([
    ['desk.metric', { code: '__proto__' }],
    ['desk.metric', { code: METRIC, region: 1 }],
    ['desk.metric', { code: METRIC, region: 999999 }],
    ['desk.metric', { code: METRIC, freq: 'X' }],
    ['desk.metric', { code: METRIC, slice: '__proto__=x' }],
    ['desk.metric', { code: METRIC, slice: 'topic=%zz' }],
    ['desk.metric', { code: METRIC, slice: 'a\0' }],
    ['desk.metric', { code: METRIC, period: '9999' }],
    ['desk.metric', { code: METRIC, asOf: '2024-02-30' }],
    ['desk.metric', { code: METRIC, asOf: '9999-12-31' }],
    ['desk.metric', { code: METRIC, unknown: 1 }],
    ['desk.list', { asOf: "'" }],
    ['screens.read', { screen: '__proto__' }],
    ['screens.read', { screen: 'province', region: 999999 }],
    ['screens.read', { screen: 'province', asOfMs: -1 }],
    ['screens.read', { screen: 'province', asOfMs: 1e300 }],
    ['screens.passport', { cell: { ...cell, metric: 'constructor' } }],
    ['screens.passport', { cell: { ...cell, periodMs: FAR } }],
    ['screens.passport', { cell: { ...cell, periodMs: -FAR }, asOfMs: FAR }],
    ['screens.passport', { cell: { ...cell, periodMs: 0.5 } }],
    ['screens.passport', { cell: { ...cell, slice: "'\\" } }],
    ['observations.query', { metric: { length: 1 } }],
    ['observations.query', { metric: [METRIC], region: [1e308] }],
    ['observations.query', { metric: [METRIC], slice: ['topic'] }],
    ['observations.query', { metric: [METRIC], limit: '1; DROP' }],
    ['observations.query', null],
    ['loads.get', { id: "' OR 1=1" }],
    ['loads.list', { dataset: 'x\0' }],
    ['loads.list', { after: { receivedAtMs: FAR, id: 'x' } }],
    ['loads.rejects', { id: 'x', afterRow: 2 ** 60 }],
    ['audit.list', { search: '\0' }],
    ['audit.list', { search: '\ud800' }],
    ['audit.list', { cursor: 2 ** 60 }],
    ['boundaries.get', { id: '\0' }],
    ['boundaries.get', { id: '../x' }],
    ['definitions.get', { code: '__proto__' }],
    ['datasets.get', { name: 'constructor' }],
    ['metrics.get', { code: "'" }],
    ['__proto__', {}],
    ['constructor.prototype', {}],
  ])('%s %j is refused', async (path, input) => {
    const json = JSON.stringify({ json: input });
    const headers = { authorization: `Bearer ${token}` };
    const request = new Request(`${ORIGIN}/api/trpc/${path}?input=${encodeURIComponent(json)}`, { headers });
    const response = await trpc(request);
    expect(REFUSALS).toContain(response.status);
    expect((await response.json()).error.json.message).not.toMatch(/DB::|Exception|Failed query/i);
  });
});
