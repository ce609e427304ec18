import { describe, expect, it } from 'vitest';
import { ownBases } from '@/metrics/model/own-bases';
import { readShippedCatalogue } from '@/server/catalogue/read';
import { officialFigure } from './official-figure';

const catalogue = new Map(readShippedCatalogue().map((one) => [one.code, one]));
const known = {
  unitOf: (code: string) => catalogue.get(code)?.unit,
  basesOf: (code: string) => {
    const found = catalogue.get(code);
    return found ? ownBases(found) : [];
  },
};

function codeOf(metric: string, basis: string, members: Record<string, string> = {}) {
  const row: Record<string, string> = {
    metric,
    basis,
    freq: 'A',
    period: '2024',
    slice: '',
    measure: 'level',
    status: 'final',
    unit: catalogue.get(metric)?.unit ?? '',
    published_at: '2025-03-01',
    ...members,
  };
  return officialFigure.checkRow?.((column) => row[column] ?? null, known)?.code ?? null;
}

describe('the basis of a published figure', () => {
  it('is one that the metric has: another one would be a second series beside it', () => {
    expect(codeOf('pm25_avg', 'mean')).toBeNull();
    expect(codeOf('pm25_avg', 'ytd')).toBeNull();
    expect(codeOf('pm25_avg', 'period')).toBe('basis_foreign');
    expect(codeOf('pop_resident', 'point')).toBeNull();
    expect(codeOf('pop_resident', 'period')).toBe('basis_foreign');
    expect(codeOf('coal_output', 'period')).toBeNull();
    expect(codeOf('coal_output', 'point')).toBe('basis_foreign');
  });

  it('is free for named variants, rates, and what is no level', () => {
    expect(codeOf('pm25_avg', 'std2026')).toBeNull();
    expect(codeOf('urbanization_rate', 'point')).toBeNull();
    expect(codeOf('pop_resident', 'period', { measure: 'target' })).toBeNull();
  });
});
