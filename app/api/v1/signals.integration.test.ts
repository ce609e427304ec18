import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GET } from '@/app/api/v1/metrics/[code]/signals/route';
import { type CreateTokenInput, createToken } from '@/server/services/tokens/tokens';
import { at, openWorld, ticket, type World } from '@/tests/support/compute';

let world: World;
beforeAll(async () => {
  world = await openWorld('2026-03-11T12:00:00');
  const { runtime } = world;
  const { stores } = runtime;
  Object.assign(globalThis, {
    yipingApp: Promise.resolve({ runtime, contextFor: (actor: object) => ({ ...stores, actor }) }),
  });
  // One request about noise a day, and two about heating on the tenth: C1 = C2 = 2 / 0.5 = 4, C3 = 3.
  const days = Array.from({ length: 10 }, (_, i) => `2026-03-${String(i + 1).padStart(2, '0')}`);
  await world.load(
    'hotline_ticket',
    [
      ...days.map((day) => ticket(`n-${day}`, 140106, `${day} 10:00:00`, { topic: '噪声' })),
      ...[1, 2].map((i) => ticket(`h-${i}`, 140105, `2026-03-10 1${i}:00:00`)),
    ],
    days[0],
    days[9],
  );
  await world.compute();
});
afterAll(() => world.runtime.close());

async function tokenOf(grant: Partial<CreateTokenInput> = {}): Promise<string> {
  const wanted = { name: 't', role: 'analyst' as const, regions: [140000], ...grant };
  return (await createToken(world.runtime.context(), wanted)).token;
}

async function ask(code: string, query: string, token: string, etag?: string) {
  const headers = { authorization: `Bearer ${token}`, ...(etag && { 'if-none-match': etag }) };
  const request = new Request(`http://cockpit.test/api?${query}`, { headers });
  const response = await GET(request, { params: Promise.resolve({ code }) });
  const text = await response.text();
  return {
    status: response.status,
    etag: response.headers.get('etag') ?? '',
    json: text === '' ? undefined : JSON.parse(text),
  };
}

describe('GET /api/v1/metrics/{code}/signals', () => {
  it('answers with plain numbers, days and instants, and keeps its ETag', async () => {
    const token = await tokenOf();
    const answer = await ask('hotline_requests', 'region=140100', token);
    expect(answer.json).toMatchObject({
      ...{ metric: 'hotline_requests', region: 140100, regionName: '太原市', newestDay: '2026-03-10' },
      ...{ judgedUnits: 2, unjudgedUnits: 0, total: 1, byColour: { red: 1 } },
      signals: [
        {
          ...{ region: 140105, slice: 'topic=供热', colour: 'red', tentative: false, byCount: false },
          ...{ day: '2026-03-10', count: '2', baseline: '0', c1: '4', c2: '4', c3: '3' },
          ...{ alarms: ['C1', 'C2', 'C3'], firstDay: '2026-03-10', lastDay: '2026-03-10', alarmDays: 1 },
        },
      ],
    });
    expect((await ask('hotline_requests', 'region=140100', token, answer.etag)).status).toBe(304);
  });

  it('answers as it was known at an instant', async () => {
    const before = new Date(at('2026-03-01T00:00:00')).toISOString();
    const { json } = await ask('hotline_requests', `asOf=${before}`, await tokenOf());
    expect(json).toMatchObject({ newestDay: null, judgedUnits: 0, unjudgedUnits: 0, total: 0, signals: [] });
  });

  it('is refused outside the scope, to auditors, and for a metric judged otherwise, with the place', async () => {
    const own = await tokenOf({ regions: [140200] });
    const foreign = await ask('hotline_requests', 'region=140100', own);
    expect([foreign.status, foreign.json.error.place]).toEqual([403, 'region']);
    expect((await ask('hotline_requests', '', own)).json).toMatchObject({ region: 140200, total: 0 });
    expect((await ask('hotline_requests', '', await tokenOf({ role: 'auditor' }))).status).toBe(403);
    const otherwise = await ask('gdp', '', own);
    expect([otherwise.status, otherwise.json.error.place]).toEqual([400, 'code']);
    const misspelt = await ask('hotline_requests', 'slice=topic', own);
    expect([misspelt.status, misspelt.json.error.place]).toEqual([400, 'slice']);
  });
});
