import { closestName } from '@/metrics/model/closest-name';
import { SHARED_FUNCTIONS } from './functions-shared';
import type { FunctionSignature } from './scope';
import { parseUnit } from './unit';
import { ANY, numberOf, type ValueType } from './value-type';

const PERCENT = numberOf(parseUnit('%'));
const SCORE = numberOf(parseUnit('分'));
/** Averaging times for which GB 3095 sets a limit. */
const WINDOWS_OF = new Map([
  ['SO2', ['year', '24h', '1h']],
  ['NO2', ['year', '24h', '1h']],
  ['CO', ['24h', '1h']],
  ['O3', ['8h', '1h']],
  ['PM10', ['year', '24h']],
  ['PM2.5', ['year', '24h']],
]);
const POLLUTANTS = [...WINDOWS_OF.keys()];
const WINDOWS = ['year', '24h', '8h', '1h'];
const sameAsFirst: FunctionSignature['result'] = ([first]) => first ?? ANY;

/** Functions over metrics, one cell at a time (`calculus.md` §0). */
export const METRIC_FUNCTIONS: Readonly<Record<string, FunctionSignature>> = {
  ...SHARED_FUNCTIONS,
  lag_y: { parameters: ['metric', 'constant'], usage: 'lag_y(指标, 前几年)', result: lag },
  lag_p: { parameters: ['metric', 'constant'], usage: 'lag_p(指标, 前几期)', result: lag },
  yoy: { parameters: ['metric'], usage: 'yoy(指标)', result: () => PERCENT },
  mom: { parameters: ['metric'], usage: 'mom(指标)', result: () => PERCENT },
  ytd: { parameters: ['metric'], usage: 'ytd(指标)', result: sameAsFirst },
  target: { parameters: ['metric'], usage: 'target(指标)', result: sameAsFirst },
  score: {
    parameters: ['number', 'constant', 'constant'],
    usage: 'score(x, 零分值, 满分值)',
    result: ([, low, high], nodes, report) => {
      if (literal(low) !== undefined && literal(low) === literal(high) && nodes[1]) {
        report('wrong_argument', nodes[1], 'score 的零分值与满分值不能相同');
      }
      return SCORE;
    },
  },
  pctl: {
    parameters: ['metric', 'constant'],
    usage: 'pctl(指标, 百分位)',
    result: ([metric, p], nodes, report) => {
      const value = literal(p);
      if (value !== undefined && (value <= 0 || value >= 100) && nodes[1]) {
        report('wrong_argument', nodes[1], '百分位在 0 与 100 之间');
      }
      return metric ?? ANY;
    },
  },
  /** Limit value of GB 3095, by the date of the cell; its unit is the pollutant's. */
  lim: {
    parameters: ['string', 'string'],
    usage: 'lim("PM2.5", "year")',
    result: ([pollutant, window], nodes, report) => {
      const own = WINDOWS_OF.get(textOf(pollutant) ?? '');
      for (const [type, allowed, node] of [
        [pollutant, POLLUTANTS, nodes[0]],
        [window, own ?? WINDOWS, nodes[1]],
      ] as const) {
        const text = textOf(type);
        if (text !== undefined && !allowed.includes(text) && node) {
          const near = closestName(text, allowed);
          report('unknown_value', node, `没有“${text}”,可用:${allowed.join('、')}`, near);
        }
      }
      return numberOf();
    },
  },
  months_elapsed: { parameters: [], usage: 'months_elapsed()', result: () => numberOf(parseUnit('月')) },
};

function lag(...[[metric, steps], nodes, report]: Parameters<FunctionSignature['result']>): ValueType {
  const value = literal(steps);
  if (value !== undefined && (!Number.isInteger(value) || value < 1 || value > 100) && nodes[1]) {
    report('wrong_argument', nodes[1], '向前的期数是 1 至 100 的整数');
  }
  return metric ?? ANY;
}

function textOf(type: ValueType | undefined): string | undefined {
  return type?.kind === 'string' ? type.literal : undefined;
}

function literal(type: ValueType | undefined): number | undefined {
  return type?.kind === 'number' ? type.literal : undefined;
}
