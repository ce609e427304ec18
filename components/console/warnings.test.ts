import { describe, expect, it } from 'vitest';
import { warningsOf } from './warnings';

const dataset = (over: object) => ({
  name: 'air_quality_hour',
  title: '空气质量小时值',
  freshness: 'fresh' as const,
  releases: { late: 0, overdue: 0 },
  lastLoad: null,
  ...over,
});
const failedLoad = {
  id: 'x',
  fileName: 'half.csv',
  origin: 'upload',
  provenance: 'real',
  status: 'failed',
  acceptedRows: 0,
  rejectedRows: 0,
  receivedAt: new Date(0),
  finishedAt: null,
  error: '文件不完整',
};

describe('what somebody should look at', () => {
  it('says nothing when all is well, and does not call an empty dataset late', () => {
    expect(warningsOf([dataset({}), dataset({ freshness: 'empty' })], [], [])).toEqual([]);
  });

  it('names failed loads first, with their reason', () => {
    const found = warningsOf([dataset({ freshness: 'stale', lastLoad: failedLoad })], [], []);
    expect(found.map(({ tone, href }) => [tone, href])).toEqual([
      ['bad', '/console/loads/x'],
      ['warn', '/console/datasets/air_quality_hour'],
    ]);
    expect(found[0]?.text).toContain('文件不完整');
  });

  it('points to the calendar for what is overdue, and leaves what is merely late to it', () => {
    const found = warningsOf(
      [dataset({ releases: { late: 1, overdue: 36 } }), dataset({ releases: { late: 2, overdue: 0 } })],
      [],
      [],
    );
    expect(found.map(({ text, href }) => [text, href])).toEqual([
      ['空气质量小时值有 36 项逾期未报', '/console/calendar'],
    ]);
  });

  it('names a job by its newest run only', () => {
    const run = (outcome: string) => ({
      id: 'r',
      job: 'compute',
      outcome,
      startedAt: new Date(0),
      finishedAt: null,
      rowsRead: 0,
      rowsWritten: 0,
      error: '内存不足',
      details: {},
    });
    const job = (name: string, lastRun: ReturnType<typeof run> | null) => ({ name, title: name, lastRun });
    const found = warningsOf([], [], [job('a', run('failed')), job('b', run('success')), job('c', null)]);
    expect(found.map(({ key, text }) => [key, text.includes('内存不足')])).toEqual([['job a', true]]);
  });

  it('counts the rejected rows that are still to be mended, over every attempt', () => {
    const load = (id: string, accepted: number, rejected: number, mendsLoadId: string | null = null) => ({
      id,
      fileName: `${id}.csv`,
      accepted,
      corrected: 0,
      duplicate: 0,
      rejected,
      mendsLoadId,
    });
    // a: all 2 mended at once. b: 3 rejected, 1 mended, and 1 of the 2 rejected again mended then.
    const loads = [
      load('e', 1, 0, 'd'),
      load('d', 1, 2, 'b'),
      load('c', 2, 0, 'a'),
      load('b', 7, 3),
      load('a', 5, 2),
    ];
    const found = warningsOf([], loads, []);
    expect(found.map(({ href }) => href)).toEqual(['/console/loads/b']);
    expect(found[0]?.text).toContain('尚有 1 行');
  });
});
