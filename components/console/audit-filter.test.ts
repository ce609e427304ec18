import { describe, expect, it } from 'vitest';
import { auditQuery, NO_FILTER } from './audit-filter';

describe('audit filter', () => {
  it('reads typed times as Asia/Shanghai, and asks the download for the same', () => {
    const { input, search } = auditQuery({ ...NO_FILTER, from: '2026-11-23T08:00', action: 'auth.' });
    expect(input).toEqual({ from: new Date('2026-11-23T00:00:00Z'), action: 'auth.' });
    expect(search).toBe('action=auth.&from=2026-11-23T00%3A00%3A00.000Z');
  });

  it('leaves out what is empty or half typed', () => {
    expect(auditQuery({ ...NO_FILTER, search: '  ', to: 'xx' })).toEqual({ input: {}, search: '' });
  });
});
