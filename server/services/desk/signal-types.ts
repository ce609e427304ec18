import type { RegionRef } from '@/server/services/screens/types';

/** Alarms of one county and one kind that lie within seven days of each other. Serialisable. */
export interface SignalRow {
  region: RegionRef;
  city: string;
  slice: string;
  /** The kind in words: 供热, 手足口病. */
  kind: string;
  colour: 'blue' | 'yellow' | 'orange' | 'red';
  /** Only days whose rows are still coming in raised it. */
  tentative: boolean;
  /** Of the day that stands for the signal: the most severe one, then the one with the highest count. */
  dayMs: number;
  /** SDMX text of that day. */
  day: string;
  dayLabel: string;
  /** Decimal text; so are mean and scores. */
  count: string | null;
  countText: string;
  /** How far the count is above that mean; orders signals of one colour. */
  excess: number;
  /** Mean of the seven days before. */
  baseline: string | null;
  c1: string | null;
  c2: string | null;
  c3: string | null;
  alarms: ('C1' | 'C2' | 'C3')[];
  /** Lit by the count itself (one case is red), whatever its baseline. */
  byCount: boolean;
  /** First and last day with an alarm, and how many days had one. */
  firstMs: number;
  lastMs: number;
  spanLabel: string;
  alarmDays: number;
  demo: boolean;
}

/** 预警信号 of one metric at one instant. */
export interface SignalList {
  metric: string;
  asOfMs: number;
  region: RegionRef;
  /** The dimension of the kinds: 病种, 主题. */
  kindTitle: string;
  unit: string;
  /** Newest day with data; null when nothing arrived. */
  newestMs: number | null;
  newestLabel: string | null;
  /** Days up to the newest one that are looked at. */
  days: number;
  /** Newest days that only hint; 0: none. */
  tentativeDays: number;
  /** Units that could be judged on one of the days at least, and those that have data but no baseline. */
  judged: number;
  lacking: number;
  /** Worst first. */
  signals: SignalRow[];
  /** Of all, before any cut; hints are counted by their colour too. */
  total: number;
  byColour: Partial<Record<SignalRow['colour'], number>>;
  demo: boolean;
}
