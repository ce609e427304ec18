import { describe, expect, it } from 'vitest';
import { compileDataset } from '@/metrics/compile/compile';
import type { MetricDefinition } from '@/metrics/model/definition';
import { compileInput } from '@/metrics/testing/compile-input';
import { UNCONNECTED_CONTRACTS } from '@/metrics/testing/unconnected';
import { validateCatalogue } from '@/metrics/validate/validate';
import { allContracts } from '@/server/datasets/registry';
import { readShippedCatalogue } from './read';

const shipped = readShippedCatalogue();
const connected = new Set(allContracts().map(({ name }) => name));
const aggregated = shipped.flatMap((one) =>
  one.kind === 'aggregated' && !connected.has(one.dataset) ? [one] : [],
);
const isWritten = ({ measure, numerator, fn }: (typeof aggregated)[number]) =>
  (measure ?? numerator ?? fn) !== undefined;

describe('definitions over datasets that nobody connects yet', () => {
  it('are written as far as the language goes, and say why where it does not', () => {
    expect(aggregated).toHaveLength(49);
    const open = aggregated.filter((definition) => !isWritten(definition));
    expect(open.map(({ code }) => code).sort()).toEqual([
      // An external list or register is the denominator.
      ...['discharge_valid_rate'],
      // Several rows make one thing, or a deadline is no column.
      ...['dr_publicity_rate', 'grid_load', 'incident_deaths', 'key_unit_online_rate', 'reg_item_coverage'],
      ...['unemployment_registered'],
    ]);
    for (const { code, note } of open)
      expect([code, note]).toEqual([code, expect.stringContaining('暂无可计算的形式')]);
  });

  it('mean something over the columns that the datasets will have', () => {
    const findings = validateCatalogue(shipped, [...allContracts(), ...UNCONNECTED_CONTRACTS]);
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    // Slices the catalogue names and the datasets have no column for; all else agrees, units and factors included.
    expect(findings.filter(({ code }) => code !== 'unknown_slice')).toEqual([]);
    const slices = findings.map(({ metric, path }) => {
      const definition = shipped.find(({ code }) => code === metric);
      return `${metric} ${definition?.slices[Number(path.split('.')[1])]}`;
    });
    expect(slices.sort()).toEqual([
      'alarm_handled_rate industry_safety',
      'bed_use_rate bed_kind',
      'coal_output_day coal_type',
      'discharge_exceed_hours industry41',
      'discharge_load industry41',
      'good_days sand_adjusted',
      'heavy_days sand_adjusted',
      'ili_ratio age_group',
      'job_vacancies skill',
      'key_unit_energy industry41',
      'medins_fee_total hospital_level',
      'medins_fund_paid hospital_level',
      'outbreak_signals method',
      'sensor_alarms industry_safety',
      'sup_overdue node',
    ]);
  });

  it.each(UNCONNECTED_CONTRACTS.map((contract) => [contract.name, contract] as const))(
    '%s compiles, or is refused by name',
    (name, contract) => {
      const definitions = aggregated.filter(({ dataset }) => dataset === name);
      const plan = compileDataset(
        compileInput({
          contract,
          definitions: definitions.map((definition: MetricDefinition) => ({ definition, version: 1 })),
          freqs: ['D', 'M', 'A'],
        }),
      );
      const compiled = new Set(plan.layers.flat().flatMap(({ metrics }) => metrics));
      for (const definition of definitions) {
        const reasons = plan.refusals
          .filter(({ metric }) => metric === definition.code)
          .map(({ code }) => code);
        if (compiled.has(definition.code))
          expect(reasons.filter((code) => code !== 'slice_unknown')).toEqual([]);
        else expect(reasons).toEqual(['no_compilable_form']);
      }
    },
  );
});
