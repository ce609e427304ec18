'use client';

import { AsOfControl } from '@/components/desk/AsOf';
import styles from '@/components/desk/desk.module.css';
import own from '@/components/desk/hero.module.css';
import { Segments } from '@/components/desk/Section';
import type { Patch } from '@/components/desk/use-address';
import { cx } from '@/components/ui/cx';
import { LEVEL_ZH } from '@/metrics/format/definition-words';
import type { Freq } from '@/metrics/model/cell';
import type { MetricPage } from '@/server/services/desk/types';
import type { RegionRef } from '@/server/services/screens/types';

/** Which series: region, frequency, basis, slice, period, instant. Every choice is in the address. */
export function Controls({ page, go }: { page: MetricPage; go(patch: Patch): void }) {
  const { choices, selection } = page;
  const bases = choices.freqs.find(({ freq }) => freq === selection.freq)?.bases ?? [];
  return (
    <div className={cx(styles.section, own.controls)}>
      <label className={own.control}>
        <span>地区</span>
        <select
          className={styles.field}
          value={selection.region.code}
          onChange={(event) => go({ region: event.target.value, slice: null })}
        >
          {levelsOf(choices.regions).map(([level, regions]) => (
            <optgroup key={level} label={LEVEL_ZH[level]}>
              {regions.map(({ code, name }) => (
                <option key={code} value={code}>
                  {name}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
      {choices.freqs.length > 0 && selection.freq && (
        <div className={own.control}>
          <span>频率</span>
          <Segments<Freq>
            label="频率"
            options={choices.freqs.map(({ freq, title }) => ({ key: freq, title }))}
            value={selection.freq}
            onChange={(freq) => go({ freq, basis: null, period: null })}
          />
        </div>
      )}
      {bases.length > 0 && selection.basis && (
        <div className={own.control}>
          <span>口径</span>
          <Segments
            label="口径"
            options={bases.map(({ basis, title }) => ({ key: basis, title }))}
            value={selection.basis}
            onChange={(basis) => go({ basis, period: null })}
          />
        </div>
      )}
      {choices.slices.some(({ slice }) => slice !== '') && (
        <label className={own.control}>
          <span>分组</span>
          <select
            className={styles.field}
            value={selection.slice}
            onChange={(event) => go({ slice: event.target.value })}
          >
            {withWhole(choices.slices).map(({ slice, title }) => (
              <option key={slice} value={slice}>
                {title}
              </option>
            ))}
          </select>
        </label>
      )}
      {selection.period && (
        <div className={own.control}>
          <span>期</span>
          <button type="button" className={styles.button} onClick={() => go({ period: null })}>
            {page.figure.periodLabel || selection.period} ✕ 回到最新
          </button>
        </div>
      )}
      <AsOfControl page={page} go={go} />
    </div>
  );
}

function withWhole(slices: MetricPage['choices']['slices']) {
  return slices.some(({ slice }) => slice === '') ? slices : [{ slice: '', title: '全部' }, ...slices];
}

function levelsOf(regions: readonly RegionRef[]): [RegionRef['level'], RegionRef[]][] {
  const levels = ['nation', 'province', 'city', 'county'] as const;
  return levels
    .map((level): [RegionRef['level'], RegionRef[]] => [
      level,
      regions.filter((region) => region.level === level),
    ])
    .filter(([, members]) => members.length > 0);
}
