import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GET as getHealth } from '@/app/api/health/route';
import { GET as getCalendar } from '@/app/api/v1/calendar/route';
import { GET as getCalculus } from '@/app/api/v1/metrics/[code]/calculus/route';
import { GET as getMetric } from '@/app/api/v1/metrics/[code]/route';
import { GET as getMetrics } from '@/app/api/v1/metrics/route';
import { GET as getObservations } from '@/app/api/v1/observations/route';
import { GET as getRegions } from '@/app/api/v1/regions/route';
import { appendFromStage } from '@/server/observations/append';
import { putHolidays } from '@/server/services/calendar/put';
import { type CreateTokenInput, createToken, revokeToken } from '@/server/services/tokens/tokens';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

/** Two shipped metrics of different domains. */
const AIR = 'pm25_avg';
const ECONOMY = 'gdp';
const DAY_MS = 24 * 3_600_000;

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await openTestRuntime();
  const { stores } = runtime;
  Object.assign(globalThis, {
    yipingApp: Promise.resolve({ runtime, contextFor: (actor: object) => ({ ...stores, actor }) }),
  });
  await append('1');
});
afterAll(() => runtime.close());

let stage = 0;
/** The same three cells, with this value in the first. */
async function append(first: string) {
  stage += 1;
  const cell = {
    slice: '',
    measure: 'level',
    sample_count: 1,
    status: 'final',
    flags: [],
    definition_version: 1,
  };
  const air = {
    ...cell,
    metric: AIR,
    freq: 'M',
    basis: 'mean',
    period: '2024-03-01 00:00:00',
    source: '=load, "1"',
  };
  const gdp = {
    ...cell,
    metric: ECONOMY,
    freq: 'Q',
    basis: 'ytd',
    period: '2024-01-01 00:00:00',
    source: 'bulletin',
  };
  await runtime.stores.warehouse.jobs.insert(
    'observation_stage',
    [
      { ...air, region: 140100, value: first },
      { ...air, region: 140200, value: '2.5' },
      { ...gdp, region: 140000, value: null, status: 'missing' },
    ].map((row) => ({ ...row, stage_id: `s${stage}` })),
  );
  runtime.clock.advance(60_000);
  await appendFromStage(runtime.stores, { stageId: `s${stage}`, runId: `run-${stage}` });
}

async function tokenOf(grant: Partial<CreateTokenInput>) {
  return createToken(runtime.context(), { name: 't', role: 'analyst', regions: [140000], ...grant });
}

type Handler = (request: Request) => Promise<Response>;
async function ask(handler: Handler, query: string, token?: string, headers: Record<string, string> = {}) {
  if (token) headers.authorization = `Bearer ${token}`;
  const response = await handler(new Request(`http://cockpit.test/api?${query}`, { headers }));
  const text = await response.text();
  const json = response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : undefined;
  return { status: response.status, headers: response.headers, text, json };
}

describe('a bearer token', () => {
  it('opens the API; without one, with a revoked or an expired one the answer is 401', async () => {
    const { id, token } = await tokenOf({ validDays: 1 });
    expect((await ask(getMetrics, '', token)).status).toBe(200);
    for (const refused of [undefined, 'yp_nonsense', `${token}x`]) {
      const answer = await ask(getMetrics, '', refused);
      expect(answer.status).toBe(401);
      expect(answer.json.error.code).toBe('unauthenticated');
    }
    await revokeToken(runtime.context(), { id });
    expect((await ask(getMetrics, '', token)).status).toBe(401);

    const short = await tokenOf({ validDays: 1 });
    runtime.clock.advance(DAY_MS);
    expect((await ask(getMetrics, '', short.token)).status).toBe(401);
  });

  it('of one city sees that city alone: the others are absent, and refused when named', async () => {
    const { token } = await tokenOf({ regions: [140100] });
    const all = await ask(getObservations, `metric=${AIR}`, token);
    expect(all.json.observations.map((o: { region: number }) => o.region)).toEqual([140100]);
    const named = await ask(getObservations, `metric=${AIR}&region=140200`, token);
    expect([named.status, named.json.error.code, named.json.error.place]).toEqual([
      403,
      'forbidden',
      'region',
    ]);
    const province = await ask(getObservations, `metric=${AIR}&region=140000`, token);
    expect(province.status).toBe(403);
    const regions = await ask(getRegions, 'level=city', token);
    expect(regions.json.regions.map((r: { code: number }) => r.code)).toEqual([140100]);
  });

  it('of one domain lists, reads and is told of that domain alone', async () => {
    const { token } = await tokenOf({ domains: ['environment'] });
    const listed = await ask(getMetrics, 'limit=500', token);
    const domains = new Set(listed.json.metrics.map((m: { domain: string }) => m.domain));
    expect([...domains]).toEqual(['environment']);
    expect((await ask(getMetrics, 'domain=economy', token)).json.total).toBe(0);
    expect((await ask(getObservations, `metric=${ECONOMY}`, token)).json.error).toMatchObject({
      code: 'forbidden',
      place: 'metric',
    });
    const detail = (code: string) => (request: Request) =>
      getMetric(request, { params: Promise.resolve({ code }) });
    expect((await ask(detail(ECONOMY), '', token)).status).toBe(403);
    expect((await ask(detail(AIR), '', token)).json).toMatchObject({
      code: AIR,
      domain: 'environment',
      version: 1,
    });
    expect((await ask(detail('no_such_metric'), '', token)).status).toBe(404);
  });

  it('of an auditor reads definitions and no numbers; of a leader no download', async () => {
    const auditor = (await tokenOf({ role: 'auditor' })).token;
    expect((await ask(getMetrics, '', auditor)).status).toBe(200);
    expect((await ask(getObservations, `metric=${AIR}`, auditor)).status).toBe(403);
    const leader = (await tokenOf({ role: 'leader' })).token;
    expect((await ask(getObservations, `metric=${AIR}`, leader)).status).toBe(200);
    expect((await ask(getObservations, `metric=${AIR}&format=csv`, leader)).status).toBe(403);
  });
});

describe('observations', () => {
  it('carry SDMX periods, decimals as text and the instant they became known', async () => {
    const { token } = await tokenOf({});
    const { json } = await ask(getObservations, `metric=${AIR},${ECONOMY}&from=2024&to=2024-Q1`, token);
    expect(json.metrics.map((m: { code: string }) => m.code)).toEqual([AIR, ECONOMY]);
    expect(json.observations).toHaveLength(3);
    expect(json.observations.find((o: { region: number }) => o.region === 140200)).toMatchObject({
      metric: AIR,
      regionName: '大同市',
      period: '2024-03',
      periodStart: '2024-03-01T00:00:00.000+08:00',
      value: '2.5',
      status: 'final',
    });
    // A missing value stays missing, never zero.
    expect(json.observations.find((o: { metric: string }) => o.metric === ECONOMY)).toMatchObject({
      period: '2024-Q1',
      value: null,
      status: 'missing',
    });
    // `to` includes the named period; what begins after it is out.
    expect((await ask(getObservations, `metric=${AIR}&to=2024-02`, token)).json.observations).toEqual([]);
    expect((await ask(getObservations, `metric=${AIR}&to=2024-03`, token)).json.observations).toHaveLength(2);
  });

  it('come as CSV with units, quoted text, no spreadsheet formulas, and a BOM on request', async () => {
    const { token } = await tokenOf({ regions: [140200] });
    const { text, headers } = await ask(getObservations, `metric=${AIR}&format=csv`, token);
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const [header, row, end] = text.split('\r\n');
    expect(header?.split(',').slice(0, 11)).toEqual(
      'metric,metric_name,unit,freq,region,region_name,slice,basis,measure,period,value'.split(','),
    );
    expect(row).toContain(`,M,140200,大同市,,mean,level,2024-03,2.5,`);
    expect(row).toContain(`"'=load, ""1"""`);
    expect(end).toBe('');
    // `text()` drops a BOM, so the bytes are looked at.
    const request = new Request(`http://cockpit.test/api?metric=${AIR}&format=csv&bom=yes`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const bytes = new Uint8Array(await (await getObservations(request)).arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  });

  it.each([
    ['', 'metric'],
    ['metric=no_such_metric', 'metric'],
    ['metric=Robert%27);DROP', 'metric.0'],
    [`metric=${AIR}&region=abc`, 'region.0'],
    [`metric=${AIR}&region=999999`, 'region'],
    [`metric=${AIR}&freq=X`, 'freq.0'],
    [`metric=${AIR}&from=yesterday`, 'from'],
    [`metric=${AIR}&to=2024-13`, 'to'],
    [`metric=${AIR}&asOf=2024`, 'asOf'],
    [`metric=${AIR}&asOf=2099-01-01`, 'asOf'],
    [`metric=${AIR}&slice=b=1;a=2`, 'slice'],
    [`metric=${AIR}&limit=0`, 'limit'],
    [`metric=${AIR}&limit=-5`, 'limit'],
    [`metric=${AIR}&last=1.5`, 'last'],
    [`metric=${AIR}&vintages=some`, 'vintages'],
    [`metric=${AIR}&bom=1`, 'bom'],
    [`metric=${AIR}&from=2026-05&to=2026-01`, 'from'],
    [`metric=${AIR}&format=xml`, 'format'],
    [`metric=${AIR}&from=2024&from=2025`, 'from'],
    [`metric=${AIR}&regions=140100`, 'regions'],
  ])('refuses "%s" in Chinese, naming the place', async (query, place) => {
    const { token } = await tokenOf({});
    const { status, json } = await ask(getObservations, query, token);
    expect([400, 404]).toContain(status);
    expect(json.error.place).toBe(place);
    expect(json.error.message).toMatch(/[\u4e00-\u9fff]/);
  });

  // Guarantee: an answer without rows means "no data", never "no such thing".
  it.each([
    ['freq=Q', 'freq', '频率“Q”;可用:M、H'],
    ['freq=M,Q', 'freq', '频率“Q”;可用:M、H'],
    ['basis=ytd', 'basis', '口径“ytd”;可用:mean'],
    ['basis=mean&measure=yoy', 'measure', '度量“yoy”;可用:level、target'],
    ['slice=station=S1', 'slice', '分组“station=S1”;没有可用的值'],
  ])('refuse %s of a metric that has it nowhere, and say what there is', async (query, place, message) => {
    const { token } = await tokenOf({});
    const { status, json } = await ask(getObservations, `metric=${AIR}&${query}`, token);
    expect([status, json.error]).toEqual([
      400,
      { code: 'bad_input', message: `${AIR} 没有${message}`, place },
    ]);
  });

  it('are empty where a value is possible and nothing has come yet', async () => {
    const { token } = await tokenOf({});
    for (const query of [
      `metric=${AIR}&freq=H`,
      `metric=${AIR}&measure=target`,
      `metric=${AIR}&freq=M&basis=mean&from=2019&to=2020`,
      // Of a metric without a single observation nothing can be said.
      'metric=cpi_yoy&basis=period',
    ]) {
      const { status, json } = await ask(getObservations, query, token);
      expect([query, status, json.observations]).toEqual([query, 200, []]);
    }
  });

  it('are downloaded under a name that says what is in the file', async () => {
    const { token } = await tokenOf({});
    const nameOf = async (query: string) =>
      (await ask(getObservations, `${query}&format=csv`, token)).headers.get('content-disposition');
    expect(await nameOf(`metric=${AIR}&region=140200`)).toBe(
      `attachment; filename="${AIR}_140200_M_2024-03.csv"; filename*=UTF-8''${encodeURIComponent(
        `${runtime.stores.registry.get(AIR).definition.name}_大同市_月_2024-03.csv`,
      )}`,
    );
    expect(await nameOf(`metric=${AIR},${ECONOMY}`)).toContain(
      `filename="${AIR}+${ECONOMY}_140000+140100+140200_Q+M_2024-Q1_2024-03.csv"`,
    );
    expect(await nameOf(`metric=${AIR}&to=2020`)).toContain(`filename="${AIR}_empty.csv"`);
  });

  it('keep their ETag until the data change, and every vintage stays readable', async () => {
    const { token } = await tokenOf({});
    const query = `metric=${AIR}&region=140100`;
    const first = await ask(getObservations, query, token);
    const etag = first.headers.get('etag') ?? '';
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    const again = await ask(getObservations, query, token, { 'if-none-match': `W/${etag}` });
    expect([again.status, again.text]).toEqual([304, '']);
    // Another scope is another answer, even to the same question.
    const other = await tokenOf({ regions: [140100] });
    expect((await ask(getObservations, query, other.token, { 'if-none-match': etag })).status).toBe(200);

    const knownAt = new Date(runtime.clock.nowMs()).toISOString();
    await append('1.75');
    const changed = await ask(getObservations, query, token, { 'if-none-match': etag });
    expect([changed.status, changed.json.observations[0].value]).toEqual([200, '1.75']);
    expect(changed.headers.get('etag')).not.toBe(etag);
    const before = await ask(getObservations, `${query}&asOf=${knownAt}`, token);
    expect(before.json.observations[0].value).toBe('1');
    const vintages = await ask(getObservations, `${query}&vintages=all`, token);
    expect(vintages.json.observations.map((o: { value: string }) => o.value)).toEqual(['1', '1.75']);
  });
});

describe('metrics', () => {
  it('are searched by code and name, and say whether there are observations of them', async () => {
    const { token } = await tokenOf({});
    const found = await ask(getMetrics, `q=${AIR}`, token);
    expect(found.json.metrics[0]).toMatchObject({
      code: AIR,
      coverage: { freqs: ['M'], regionCount: 2, lastPeriodStart: '2024-03-01T00:00:00.000+08:00' },
    });
    const computed = await ask(getMetrics, 'computed=yes', token);
    expect(computed.json.metrics.map((m: { code: string }) => m.code)).toEqual([AIR]);
    const all = await ask(getMetrics, 'limit=1', token);
    const rest = await ask(getMetrics, 'computed=no&limit=1', token);
    expect(rest.json.total).toBe(all.json.total - 1);
    const page = await ask(getMetrics, 'limit=1&offset=1', token);
    expect(page.json.metrics).toHaveLength(1);
    expect(page.json.metrics[0].code).not.toBe(all.json.metrics[0].code);
  });
});

describe('the calendar', () => {
  it('gives the holidays of a year with their source, or says that the year has none', async () => {
    const { token } = await tokenOf({});
    const { json } = await ask(getCalendar, 'year=2020', token);
    expect(json.years).toHaveLength(1);
    expect(json.years[0]).toMatchObject({ year: 2020, origin: 'shipped', updatedAt: null });
    expect(json.years[0].source).toContain('国办发明电〔2020〕1号');
    // The extension of the Spring Festival of 2020.
    expect(json.years[0].off).toContain('2020-01-31');
    expect(json.years[0].work).not.toContain('2020-02-01');
    expect((await ask(getCalendar, '', token)).json.years.length).toBeGreaterThan(5);
    const unknown = await ask(getCalendar, 'year=2099', token);
    expect([unknown.status, unknown.json.error]).toEqual([
      404,
      { code: 'not_found', message: '2099 年没有放假安排,工作日按周一至周五计', place: 'year' },
    ]);
    expect((await ask(getCalendar, 'year=soon', token)).json.error.place).toBe('year');
    const leader = (await tokenOf({ role: 'leader' })).token;
    expect((await ask(getCalendar, '', leader)).status).toBe(403);
  });

  it('has a new ETag once an operator corrects a year', async () => {
    const { token } = await tokenOf({});
    const etag = (await ask(getCalendar, 'year=2026', token)).headers.get('etag') ?? '';
    expect((await ask(getCalendar, 'year=2026', token, { 'if-none-match': etag })).status).toBe(304);
    await putHolidays(runtime.context(), { year: 2026, off: ['2026-01-01'], work: [], source: 'x' });
    const changed = await ask(getCalendar, 'year=2026', token, { 'if-none-match': etag });
    expect([changed.status, changed.json.years[0].origin]).toEqual([200, 'own']);
  });
});

describe('the calculus of a cell', () => {
  const of = (code: string) => (request: Request) =>
    getCalculus(request, { params: Promise.resolve({ code }) });

  it('answers with every result, its operands and its revisions, and keeps its ETag until the data change', async () => {
    const { token } = await tokenOf({});
    const query = 'region=140200&period=2024-03';
    const answer = await ask(of(AIR), query, token);
    expect(answer.json).toMatchObject({
      metric: { code: AIR, unit: 'μg/m³' },
      cell: { freq: 'M', basis: 'mean', period: '2024-03', region: 140200 },
      regionName: '大同市',
      value: '2.5',
      revisions: [{ seq: 1, value: '2.5' }],
      triangle: null,
    });
    const yoy = answer.json.results.find(({ key }: { key: string }) => key === 'yoy');
    expect(yoy).toMatchObject({ value: null, text: '—', reason: '上年同期缺', basis: null });
    expect(yoy.operands[0]).toMatchObject({ name: 'current', value: '2.5', cell: { period: '2024-03' } });
    const etag = answer.headers.get('etag') ?? '';
    expect((await ask(of(AIR), query, token, { 'if-none-match': etag })).status).toBe(304);
    // With the hour a running period may end, whatever the data do.
    runtime.clock.advance(DAY_MS / 24);
    expect((await ask(of(AIR), query, token, { 'if-none-match': etag })).status).toBe(200);
  });

  it('is refused outside the scope, to auditors, and for what is not known, with the place', async () => {
    const { token } = await tokenOf({ regions: [140100] });
    const refused = await ask(of(AIR), 'region=140200', token);
    expect([refused.status, refused.json.error.place]).toEqual([403, 'region']);
    const auditor = (await tokenOf({ role: 'auditor' })).token;
    expect((await ask(of(AIR), '', auditor)).status).toBe(403);
    const misspelt = await ask(of(AIR), 'regions=140100', token);
    expect([misspelt.status, misspelt.json.error.place]).toEqual([400, 'regions']);
    const absent = await ask(of(AIR), 'region=140100&period=2023-03', token);
    expect([absent.status, absent.json.error.place]).toEqual([404, 'period']);
  });
});

describe('health', () => {
  it('answers without a sign-in: both stores, the owner, the data version, nothing of the data', async () => {
    const { status, json } = await ask(getHealth as Handler, '');
    expect(status).toBe(200);
    expect(json).toMatchObject({
      status: 'ok',
      warehouse: { kind: 'embedded', answers: true },
      database: { kind: 'embedded', answers: true },
      owner: { pid: process.pid },
      lagSeconds: 0,
      demo: false,
      lastLoad: null,
    });
    expect(json.dataVersion).toBeGreaterThan(0);
  });
});
