import { accelWorkings } from './accel';
import { singlePeriodWorkings } from './accumulation';
import { carriedWorking } from './carried';
import { contributionWorkings } from './contribution';
import type { CellFacts } from './facts';
import { cumulativeDropWorking, reductionWorkings } from './five-year';
import { lunarWorking, momWorking, nominalWorking, yoyWorking } from './growth';
import { dayAdjustedWorking, nationWorking, realWorking, twoYearWorking } from './growth-further';
import { chainWorking, ytdIndexWorking } from './index-chain';
import { rankWorkings, rollupWorking, shareOfParentWorking, shareOfSlicesWorking } from './place';
import { seasonalWorking } from './seasonal';
import { targetWorkings } from './target';
import { waterQualityWorking } from './water-quality';
import { weekWorking } from './week';
import type { Working } from './working';
import { accumulationWorkings } from './year-to-date';

type Builder = (facts: CellFacts) => Working[];

/** How the value compares with former periods: what a passport shows of a number. */
const COMPARISONS: readonly Builder[] = [
  yoyWorking,
  nominalWorking,
  realWorking,
  dayAdjustedWorking,
  lunarWorking,
  momWorking,
  weekWorking,
  nationWorking,
];

const BUILDERS: readonly Builder[] = [
  ...COMPARISONS,
  carriedWorking,
  chainWorking,
  ytdIndexWorking,
  singlePeriodWorkings,
  accumulationWorkings,
  twoYearWorking,
  accelWorkings,
  shareOfParentWorking,
  shareOfSlicesWorking,
  rankWorkings,
  rollupWorking,
  contributionWorkings,
  targetWorkings,
  reductionWorkings,
  cumulativeDropWorking,
  seasonalWorking,
  waterQualityWorking,
];

/** Every result of the calculus that applies to the cell; one that lacks an operand is there without a value. */
export function workings(facts: CellFacts): Working[] {
  return BUILDERS.flatMap((build) => build(facts));
}

export function comparisons(facts: CellFacts): Working[] {
  return COMPARISONS.flatMap((build) => build(facts));
}
