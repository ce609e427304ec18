'use client';

import dynamic from 'next/dynamic';
import { useCallback, useState } from 'react';
import type { ChartBox } from '@/components/charts/ChartCanvas';
import styles from '@/components/desk/desk.module.css';
import own from '@/components/desk/parts.module.css';
import { Section, Segments, TableBox } from '@/components/desk/Section';
import { changeWords, type TrendMode, trendOption } from '@/components/desk/trend-option';
import { UnverifiedTag } from '@/components/metric/Marks';
import { useThemeMode } from '@/components/shell/ThemeProvider';
import { STATUS_ZH } from '@/metrics/format/observation-words';
import type { MetricTrend } from '@/server/services/desk/types';

const ChartCanvas = dynamic(() => import('@/components/charts/ChartCanvas'), { ssr: false });

interface Props {
  name: string;
  trend: MetricTrend;
  chosenMs: number | null;
  onPeriod(period: string): void;
}

export function TrendSection({ name, trend, chosenMs, onPeriod }: Props) {
  const { mode: theme } = useThemeMode();
  const hasYoy = trend.points.some(({ yoy }) => yoy.value !== null);
  const hasLevel = trend.points.some(({ value }) => value !== null);
  const [wanted, setMode] = useState<TrendMode>('level');
  const [view, setView] = useState<'chart' | 'table'>('chart');
  const mode: TrendMode = !hasLevel ? 'yoy' : hasYoy ? wanted : 'level';
  const option = useCallback(
    (box: ChartBox) => trendOption(trend, mode, chosenMs, theme, box),
    [trend, mode, chosenMs, theme],
  );
  const pick = useCallback(
    (index: number) => {
      const point = trend.points[index];
      if (point) onPeriod(point.period);
    },
    [trend, onPeriod],
  );
  const broken = trend.points.filter((point) => point.broken).map(({ label }) => label);
  const values = trend.points.filter(({ value }) => value !== null);
  const gaps = trend.points.length - values.length;
  const unit = mode === 'level' ? trend.unit : `同比(${trend.yoyUnit})`;
  const sentence = `${name},${trend.points.length} 期,最近一期 ${values.at(-1)?.label ?? '—'} ${values.at(-1)?.text ?? ''}${trend.unit}`;
  return (
    <Section
      id="trend"
      title="走势"
      meta={`${unit && `${unit} · `}${trend.points.length} 期${gaps > 0 ? `,其中 ${gaps} 期无数(留空)` : ''}`}
      demo={trend.demo}
      actions={
        <>
          {hasYoy && hasLevel && (
            <Segments<TrendMode>
              label="看什么"
              options={[
                { key: 'level', title: '水平' },
                { key: 'yoy', title: '同比' },
              ]}
              value={mode}
              onChange={setMode}
            />
          )}
          <Segments<'chart' | 'table'>
            label="怎么看"
            options={[
              { key: 'chart', title: '图' },
              { key: 'table', title: '表' },
            ]}
            value={view}
            onChange={setView}
          />
        </>
      }
    >
      {view === 'chart' ? (
        <div className={own.chart}>
          <ChartCanvas label={sentence} option={option} onPoint={pick} />
        </div>
      ) : (
        <TrendTable trend={trend} chosenMs={chosenMs} onPeriod={onPeriod} />
      )}
      <p className={styles.note}>
        {mode === 'level'
          ? '浅色虚线边或空心点为未定案(快报、初步)、未结束或不完整的期;点一期,下面各栏都看这一期。'
          : '实心点为发布数,空心点为计算数。'}
        {trend.yoyRule}。
        {broken.length > 0 && `${broken.join('、')}与此前口径不可直接比,两段之间的高低不说明变化。`}
      </p>
    </Section>
  );
}

function TrendTable({ trend, chosenMs, onPeriod }: Omit<Props, 'name'>) {
  return (
    <TableBox label="走势数据表">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">期</th>
            <th scope="col" className={styles.number}>
              数值{trend.unit && `(${trend.unit})`}
            </th>
            <th scope="col">状态</th>
            <th scope="col" className={styles.number}>
              同比
            </th>
          </tr>
        </thead>
        <tbody>
          {[...trend.points].reverse().map((point) => (
            <tr key={point.periodMs} aria-current={point.periodMs === chosenMs ? 'true' : undefined}>
              <th scope="row">
                <button type="button" className={styles.link} onClick={() => onPeriod(point.period)}>
                  {point.label}
                </button>
                {point.running && '(至今)'}
                {point.broken && '(与此前不可比)'}
              </th>
              <td className={styles.number}>{point.text}</td>
              <td>
                {point.status ? STATUS_ZH[point.status] : '—'}
                {point.partial && ' · 不完整'}
                {point.nearlyWhole && ' · 个别县缺数'}
                {point.approximate && ' · 近似'}
                {point.demo && ' · 演示数据'} <UnverifiedTag reason={point.unverified} />
              </td>
              <td className={styles.number} title={point.yoy.unverified ?? undefined}>
                {changeWords(point)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  );
}
