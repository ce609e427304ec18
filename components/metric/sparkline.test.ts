import { describe, expect, it } from 'vitest';
import { sparkShape } from '@/components/metric/sparkline';

describe('spark lines', () => {
  it('break at a gap instead of drawing across it; a lone value is a dot', () => {
    const { line, dots } = sparkShape(['1', '2', null, '3', null]);
    expect(line.match(/M/g)).toHaveLength(2);
    expect(line.match(/L/g)).toHaveLength(1);
    expect(dots.match(/M/g)).toHaveLength(1);
  });

  it('draw nothing where nothing is known', () => {
    expect(sparkShape([null, null])).toEqual({ line: '', dots: '', last: null });
  });
});
