import { describe, expect, it } from 'vitest';
import { ownBases, unsaidBasis } from '@/metrics/model/own-bases';
import { readShippedCatalogue } from '@/server/catalogue/read';
import { officialFigure } from './official-figure';

const catalogue = new Map(readShippedCatalogue().map((one) => [one.code, one]));
const known = {
  unitOf: (code: string) => catalogue.get(code)?.unit,
  basesOf: (code: string) => {
    const found = catalogue.get(code);
    return found ? ownBases(found) : [];
  },
  unsaidBasis: (code: string, figure: Parameters<typeof unsaidBasis>[1]) => {
    const found = catalogue.get(code);
    return found && unsaidBasis(found, figure);
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

describe('a basis that nobody says', () => {
  const implied = (metric: string, members: Record<string, string> = {}) => {
    const row: Record<string, string> = { metric, freq: 'A', period: '2024', measure: 'level', ...members };
    const found = officialFigure.implied?.of((column) => row[column] ?? null, known);
    return typeof found === 'string' ? found : found?.code;
  };
  const MONTH = { freq: 'M', period: '2024-05' };

  it('is the only one that a stock has, of its growth as well', () => {
    expect(implied('pop_resident')).toBe('point');
    expect(implied('installed_capacity', MONTH)).toBe('point');
    expect(implied('pop_resident', { measure: 'yoy' })).toBe('point');
  });

  it('is 当期 of a flow where nothing else can be meant', () => {
    // A year is its own 累计; petitions are published month by month (period rule M).
    expect(implied('coal_output')).toBe('period');
    expect(implied('gdp')).toBe('period');
    expect(implied('petition_count', MONTH)).toBe('period');
    expect(implied('budget_revenue', { measure: 'target' })).toBe('period');
    expect(implied('pop_resident', { measure: 'target' })).toBe('period');
  });

  it('is what the period says of itself', () => {
    expect(implied('coal_output', { freq: 'M', period: '2024年1-2月' })).toBe('ytd');
    expect(implied('gdp', { freq: 'Q', period: '2024年前三季度' })).toBe('ytd');
  });

  it('must be said of a month or quarter that is published as 累计, and of a mean', () => {
    expect(implied('coal_output', MONTH)).toBe('basis_unsaid');
    expect(implied('budget_revenue', MONTH)).toBe('basis_unsaid');
    expect(implied('gdp', { freq: 'Q', period: '2024-Q1' })).toBe('basis_unsaid');
    expect(implied('iva_growth', MONTH)).toBe('basis_unsaid');
    expect(implied('pm25_avg')).toBe('basis_unsaid');
  });

  it('leaves to the check of the row what cannot be read', () => {
    expect(implied('nonsense')).toBe('period');
    expect(implied('gdp', { period: 'last year' })).toBe('period');
  });
});
