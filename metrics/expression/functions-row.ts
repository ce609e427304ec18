import { SHARED_FUNCTIONS } from './functions-shared';
import type { FunctionSignature } from './scope';
import { parseUnit } from './unit';
import { numberOf, type ValueType } from './value-type';

const DATE: ValueType = { kind: 'date' };
const DATETIME: ValueType = { kind: 'datetime' };
const fixed = (type: ValueType) => () => type;

/** Functions over the columns of one detail row. */
export const ROW_FUNCTIONS: Readonly<Record<string, FunctionSignature>> = {
  ...SHARED_FUNCTIONS,
  date: { parameters: ['time'], usage: 'date(时刻)', result: fixed(DATE) },
  /** Working days after the first day up to and including the second: the same day is 0. */
  workdays: {
    parameters: ['time', 'time'],
    usage: 'workdays(起, 止)',
    result: fixed(numberOf(parseUnit('工作日'))),
  },
  days_between: {
    parameters: ['time', 'time'],
    usage: 'days_between(起, 止)',
    result: fixed(numberOf(parseUnit('天'))),
  },
  minutes_between: {
    parameters: ['datetime', 'datetime'],
    usage: 'minutes_between(起, 止)',
    result: fixed(numberOf(parseUnit('分钟'))),
  },
  /** First instant of the period that is computed. */
  period_start: { parameters: [], usage: 'period_start()', result: fixed(DATETIME) },
  /** First instant after the period: half open, so that "by the end" is `< period_end()`. */
  period_end: { parameters: [], usage: 'period_end()', result: fixed(DATETIME) },
  /** Section letter (A–T) of a GB/T 4754 industry code. */
  gbt4754_section: {
    parameters: ['string'],
    usage: 'gbt4754_section(行业代码)',
    result: fixed({ kind: 'string' }),
  },
};
