import { describe, expect, it } from 'vitest';
import { readShippedCatalogue } from '@/server/catalogue/read';
import { officialFigure } from './official-figure';

const catalogue = new Map(readShippedCatalogue().map((one) => [one.code, one]));
const known = { definitionOf: (code: string) => catalogue.get(code) };

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
    const soFar = { freq: 'M', period: '2024年1-4月' };
    expect(codeOf('good_days_rate', 'sand_adjusted_ytd', soFar)).toBeNull();
    expect(codeOf('good_days_rate', 'sand_adjusted', soFar)).toBe('basis_mismatch');
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

describe('a figure that cannot be', () => {
  const level = (metric: string, value: string, members: Record<string, string> = {}) =>
    codeOf(metric, members.basis ?? 'period', { value, ...members });
  const MONTH = { freq: 'M', period: '2024-05', published_at: '2024-06-18' };

  it('lies outside what its kind allows', () => {
    expect(level('good_days_rate', '174.5')).toBe('out_of_range');
    expect(level('good_days_rate', '100')).toBeNull();
    expect(level('urban_unemployment_rate', '-0.1')).toBe('out_of_range');
    expect(level('urban_unemployment_rate', '5.4')).toBeNull();
    expect(level('pop_resident', '-1', { basis: 'point' })).toBe('out_of_range');
    expect(level('cpi_yoy', '0')).toBe('out_of_range');
    expect(level('cpi_yoy', '99.5')).toBeNull();
    expect(level('fai_growth', '-6.6')).toBeNull();
    expect(level('fai_growth', '-100.1')).toBe('out_of_range');
    expect(level('fai_growth', '312')).toBeNull();
    expect(level('gdp', '-101', { measure: 'yoy', unit: '%' })).toBe('out_of_range');
    expect(level('gdp', '-3.6', { measure: 'yoy', unit: '%' })).toBeNull();
    expect(level('good_days_rate', '130', { measure: 'target' })).toBe('out_of_range');
  });

  it('may be large or negative where the definition says so', () => {
    // Hospitals are full beyond their beds, projects beyond their plan; a loss is a profit below zero.
    expect(level('bed_use_rate', '104.2')).toBeNull();
    expect(level('key_project_completion', '112')).toBeNull();
    expect(level('ind_profit', '-12.5')).toBeNull();
    expect(level('ind_profit', '-340', { measure: 'yoy', unit: '%' })).toBeNull();
    expect(level('entity_net', '-1200')).toBeNull();
    expect(level('energy_intensity_change', '-0.95')).toBeNull();
  });

  it('is a single month of what is only known as 累计, or January alone', () => {
    expect(level('fai_growth', '3', MONTH)).toBe('basis_impossible');
    expect(level('fai_growth', '3', { ...MONTH, basis: 'ytd' })).toBeNull();
    expect(level('gdp_growth', '5', { freq: 'Q', period: '2024-Q2', published_at: '2024-07-20' })).toBe(
      'basis_impossible',
    );
    expect(level('iva_growth_month', '1.4', MONTH)).toBeNull();
    const january = { freq: 'M', period: '2024-01', published_at: '2024-03-18' };
    const february = { ...january, period: '2024-02' };
    expect(level('coal_output', '9000', january)).toBe('basis_impossible');
    expect(level('coal_output', '9000', february)).toBe('basis_impossible');
    expect(level('coal_output', '18000', { ...february, basis: 'ytd' })).toBeNull();
    expect(level('iva_growth_month', '1', february)).toBe('basis_impossible');
    // 税收 and 财政 have a January of their own.
    expect(level('budget_revenue', '300', { ...january, basis: 'ytd' })).toBeNull();
  });

  it('was published before its period was over, unless it is a forecast or an estimate', () => {
    const early = { ...MONTH, basis: 'ytd', published_at: '2024-05-20' };
    expect(level('budget_revenue', '1500', early)).toBe('period_unfinished');
    expect(level('budget_revenue', '1500', { ...early, published_at: '2024-05-31' })).toBeNull();
    expect(level('budget_revenue', '1500', { ...early, status: 'forecast' })).toBeNull();
    expect(level('gdp', '25000', { published_at: '2024-10-20' })).toBe('period_unfinished');
    expect(level('gdp', '25000', { published_at: '2024-10-20', status: 'estimate' })).toBeNull();
    // The harvest of the year is announced before the year ends.
    expect(level('grain_output', '1478.1', { published_at: '2024-12-13' })).toBeNull();
  });

  it('has parts that no share is made of', () => {
    const parts = (numerator: string, denominator: string, value = '90') =>
      level('mediation_success_rate', value, { ...MONTH, numerator, denominator });
    expect(parts('90', '100')).toBeNull();
    expect(parts('110', '100')).toBe('part_above_whole');
    expect(parts('-1', '100')).toBe('out_of_range');
    expect(parts('0', '0')).toBe('out_of_range');
    expect(parts('50', '100')).toBe('ratio_mismatch');
    // Published as a whole percent.
    expect(parts('904', '1000')).toBeNull();
  });
});

it('is cited in words, or with its address: by its source is told whose a value is', () => {
  const from = (source: string, more = {}) => codeOf('pm25_avg', 'mean', { source, ...more });
  for (const source of ['derived', 'air_quality_hour', 'cnemc']) expect(from(source)).toBe('source_like_own');
  for (const source of ['省生态环境厅', 'CNEMC', 'cnemc.cn', 'from memory']) expect(from(source)).toBeNull();
  // What was taken in before can be withdrawn.
  expect(from('cnemc', { is_deleted: '1' })).toBeNull();
});
