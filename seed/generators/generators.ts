import { airQualityGenerator } from './air-quality';
import { hotlineGenerator } from './hotline';
import { marketEntityGenerator } from './market-entity';
import type { Generator } from './model';
import { serviceCaseGenerator } from './service-case';

export interface DemoPart {
  generator: Generator;
  /** Share of the real volume that keeps the demo within about a hundred thousand rows. */
  scale: number;
}

/** The generated datasets of the demo, in the order of loading. */
export const DEMO_PARTS: readonly DemoPart[] = [
  { generator: airQualityGenerator, scale: 1 },
  { generator: hotlineGenerator, scale: 1 / 80 },
  { generator: marketEntityGenerator, scale: 1 / 20 },
  { generator: serviceCaseGenerator, scale: 1 / 300 },
];
