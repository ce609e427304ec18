import zlib from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { POST as upload } from '@/app/api/console/upload/[dataset]/route';
import { POST as push } from '@/app/api/v1/ingest/[dataset]/route';
import { GET as getRejects } from '@/app/api/v1/loads/[id]/rejects/route';
import { GET as getLoad } from '@/app/api/v1/loads/[id]/route';
import { type CreateTokenInput, createToken } from '@/server/services/tokens/tokens';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

let runtime: TestRuntime;
let operator: string;
beforeAll(async () => {
  runtime = await openTestRuntime();
  const { stores } = runtime;
  Object.assign(globalThis, {
    yipingApp: Promise.resolve({ runtime, contextFor: (actor: object) => ({ ...stores, actor }) }),
  });
  operator = await tokenOf({});
});
afterAll(() => runtime.close());

async function tokenOf(grant: Partial<CreateTokenInput>): Promise<string> {
  const made = await createToken(runtime.context(), {
    name: 't',
    role: 'operator',
    regions: [140000],
    ...grant,
  });
  return made.token;
}

const HOST = 'http://cockpit.test';
const row = (station: string, region = '140105', hour = '01') =>
  `${station},${region},2026-11-20 ${hour}:00:00,10,20\n`;
const csv = (...rows: string[]) => `station_id,region_code,data_ts,pm25,pm10\n${rows.join('')}`;

async function send(
  body: BodyInit,
  headers: Record<string, string> = {},
  dataset = 'air_quality_hour',
  query = '',
) {
  const request = new Request(`${HOST}/api/v1/ingest/${dataset}${query}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'text/csv', ...headers },
  });
  return answerOf(await push(request, { params: Promise.resolve({ dataset }) }));
}

async function answerOf(response: Response) {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json');
  return { status: response.status, text, json: isJson ? JSON.parse(text) : undefined };
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

async function read(handler: typeof getLoad, id: string, token: string, query = '') {
  const request = new Request(`${HOST}/api/v1/loads/${id}${query}`, { headers: bearer(token) });
  return answerOf(await handler(request, { params: Promise.resolve({ id }) }));
}

describe('push', () => {
  it('answers the counts, the load and where its rejected rows are; the load can be read', async () => {
    const sent = await send(csv(row('P1'), row('P2', '999999')), bearer(operator));
    expect(sent).toMatchObject({
      status: 201,
      json: { accepted: 1, corrected: 0, duplicate: 0, rejected: 1, alreadyLoaded: false },
    });
    const { loadId, rejectsUrl } = sent.json;
    expect(rejectsUrl).toBe(`/api/v1/loads/${loadId}/rejects`);
    expect((await read(getLoad, loadId, operator)).json).toMatchObject({
      id: loadId,
      status: 'committed',
      origin: 'push',
      rejectsUrl,
    });
    const rejects = await read(getRejects, loadId, operator);
    expect(rejects.text.split('\n')[1]).toMatch(/^P2,999999,2026-11-20 01:00:00,10,20,3,region_code,/);
    expect(await read(getRejects, loadId, operator, '?rows=some')).toMatchObject({
      status: 400,
      json: { error: { place: 'rows' } },
    });
  });

  it('takes gzip, NDJSON and a mapping; the same bytes again answer the former load', async () => {
    const packed = zlib.gzipSync(csv(row('P3')));
    const first = await send(packed, { ...bearer(operator), 'content-encoding': 'gzip' });
    expect(first).toMatchObject({ status: 201, json: { accepted: 1 } });
    expect(await send(packed, bearer(operator))).toMatchObject({
      status: 200,
      json: { alreadyLoaded: true, loadId: first.json.loadId },
    });
    const record = { 点位: 'P4', region_code: 140105, data_ts: '2026-11-20 01:00:00', pm25: 1.5 };
    const mapping = encodeURIComponent(JSON.stringify({ columns: { station_id: '点位' } }));
    const headers = {
      ...bearer(operator),
      'content-type': 'application/x-ndjson',
      'x-yiping-mapping': mapping,
    };
    expect(await send(JSON.stringify(record), headers)).toMatchObject({ json: { accepted: 1, rejected: 0 } });
  });

  it('tells an open wall about it', async () => {
    const heard: unknown[] = [];
    const off = runtime.stores.bus.on('load', (event) => heard.push(event));
    const { json } = await send(csv(row('P5')), bearer(operator));
    off();
    expect(heard).toEqual([{ loadId: json.loadId, dataset: 'air_quality_hour', accepted: 1 }]);
  });

  it.each([
    ['no token', {}, 401, 'unauthenticated'],
    ['a wrong token', { authorization: 'Bearer yp_wrong' }, 401, 'unauthenticated'],
  ])('refuses %s', async (_, headers, status, code) => {
    expect(await send(csv(row('X')), headers)).toMatchObject({ status, json: { error: { code } } });
  });

  it('refuses a role that may not load, an unknown dataset, a foreign type, a file that is wrong as a whole', async () => {
    const leader = await tokenOf({ role: 'leader' });
    expect(await send(csv(row('X')), bearer(leader))).toMatchObject({
      status: 403,
      json: { error: { code: 'forbidden' } },
    });
    expect(await send(csv(row('X')), bearer(operator), 'nope')).toMatchObject({
      status: 404,
      json: { error: { code: 'not_found', place: 'dataset' } },
    });
    expect(await send(csv(row('X')), { ...bearer(operator), 'content-type': 'image/png' })).toMatchObject({
      status: 400,
      json: { error: { place: 'Content-Type' } },
    });
    expect(await send('a,b\n1,2\n', bearer(operator))).toMatchObject({
      status: 400,
      json: { error: { code: 'bad_input', place: 'header' } },
    });
    expect(
      await send(csv(row('X')), bearer(operator), 'air_quality_hour', '?provenance=maybe'),
    ).toMatchObject({
      status: 400,
    });
  });

  it("keeps a city's sender to its regions, for writing and for reading", async () => {
    const city = await tokenOf({ regions: [140200] });
    const sent = await send(csv(row('P6'), row('P7', '140212')), bearer(city));
    expect(sent.json).toMatchObject({ accepted: 1, rejected: 1 });
    const whole = await send(csv(row('P8')), bearer(operator));
    expect((await read(getLoad, whole.json.loadId, city)).status).toBe(404);
    expect((await read(getRejects, whole.json.loadId, city)).status).toBe(404);
  });
});

describe('upload from the console', () => {
  it('takes a form with file and mapping', async () => {
    const form = new FormData();
    form.set('file', new File([csv(row('U1')).replace('station_id', '点位')], '小店区.csv'));
    form.set('mapping', new File(['columns: { station_id: 点位 }\n'], 'm.yaml'));
    const request = new Request(`${HOST}/api/console/upload/air_quality_hour`, {
      method: 'POST',
      body: form,
      headers: bearer(operator),
    });
    const sent = await answerOf(
      await upload(request, { params: Promise.resolve({ dataset: 'air_quality_hour' }) }),
    );
    expect(sent).toMatchObject({ status: 200, json: { accepted: 1 } });
    expect((await read(getLoad, sent.json.loadId, operator)).json).toMatchObject({
      fileName: '小店区.csv',
      origin: 'upload',
    });
  });

  it('stops taking a form that does not say its length at what fits into memory', async () => {
    const [mebibyte, pieces] = [Buffer.alloc(1_048_576, 'x'), 140];
    let taken = 0;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) =>
        controller.enqueue(
          Buffer.from('--b\r\ncontent-disposition: form-data; name="file"; filename="f.csv"\r\n\r\n'),
        ),
      pull: (controller) => {
        taken += 1;
        if (taken <= pieces) return controller.enqueue(mebibyte);
        controller.enqueue(Buffer.from('\r\n--b--\r\n'));
        controller.close();
      },
    });
    const request = new Request(`${HOST}/api/console/upload/air_quality_hour`, {
      method: 'POST',
      body,
      duplex: 'half',
      headers: { ...bearer(operator), 'content-type': 'multipart/form-data; boundary=b' },
    } as RequestInit);
    const sent = await answerOf(
      await upload(request, { params: Promise.resolve({ dataset: 'air_quality_hour' }) }),
    );
    expect(sent).toMatchObject({ status: 413, json: { error: { place: 'file' } } });
    expect(taken).toBeLessThan(pieces);
  });

  it('refuses a cookie-signed form of another site', async () => {
    const request = new Request(`${HOST}/api/console/upload/air_quality_hour`, {
      method: 'POST',
      body: new FormData(),
      headers: { origin: 'http://elsewhere.test', host: 'cockpit.test' },
    });
    const sent = await answerOf(
      await upload(request, { params: Promise.resolve({ dataset: 'air_quality_hour' }) }),
    );
    expect(sent).toMatchObject({ status: 403, json: { error: { place: 'Origin' } } });
  });
});
