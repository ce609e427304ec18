'use client';

import Link from 'next/link';
import styles from '@/components/desk/desk.module.css';
import own from '@/components/desk/hero.module.css';
import { withAsOf } from '@/components/desk/metric-input';
import { RestCall } from '@/components/desk/RestCall';
import { sliceText } from '@/components/desk/slice-text';
import { useAddress } from '@/components/desk/use-address';
import { BASIS_ZH } from '@/components/metric/basis';
import { Delta } from '@/components/metric/Delta';
import { FigureValue } from '@/components/metric/FigureValue';
import { Lamp } from '@/components/metric/Lamp';
import { CoverageTag, DemoTag, MakingTag, UnverifiedTag } from '@/components/metric/Marks';
import { useOpenPassport } from '@/components/metric/passport-context';
import { cx } from '@/components/ui/cx';
import { instantZh } from '@/components/ui/instant';
import { basisTitle } from '@/metrics/format/definition-words';
import { STATUS_ZH } from '@/metrics/format/observation-words';
import { isVariant } from '@/metrics/model/basis';
import type { MetricPage } from '@/server/services/desk/types';
import type { Freshness } from '@/server/services/screens/types';

const FRESHNESS_ZH = { current: '', late: '迟到', overdue: '逾期未报', unknown: '' } as const;

/** The chosen number with everything it takes to read it. */
export function Hero({ page }: { page: MetricPage }) {
  const { definition, figure, freshness, changes } = page;
  const open = useOpenPassport();
  const { cell, lamp } = figure;
  const slice = sliceText(page);
  // What is by another method than usual says so beside the number.
  const { basis } = page.selection;
  const variant = basis !== null && isVariant(basis) ? basisTitle(basis) : null;
  const list = withAsOf('/metric', useAddress().params.get('asOf') ?? undefined);
  // A grey lamp says it already.
  // What is late is the period after the newest one, not an older one that is looked at.
  const newest = page.newestLabel === null || page.newestLabel === figure.periodLabel;
  const late = newest && freshness && lamp?.colour !== 'grey' ? FRESHNESS_ZH[freshness.state] : '';
  return (
    <header className={cx(styles.section, own.hero)}>
      <nav className={own.crumbs} aria-label="位置">
        <Link href={list}>全部指标</Link> /{' '}
        <Link href={`${list}#${page.definition.domain}`}>{definition.domainTitle}</Link>
      </nav>
      <h1>
        {definition.name} <code>{definition.code}</code>
      </h1>
      <p className={own.facts}>
        <span>{definition.kind}</span>
        <span>{definition.direction}</span>
        <span>单位 {definition.unit}</span>
        <span>责任单位 {definition.owner || '未定'}</span>
        <span>发布约定 {definition.releaseLag}</span>
      </p>
      <div className={own.headline}>
        <p className={own.big}>
          <FigureValue figure={figure} className={own.bigNumber} />
          {figure.value !== null && <span className={own.bigUnit}>{figure.unit}</span>}
        </p>
        <div className={own.beside}>
          <p className={own.tags}>
            <strong>
              {page.selection.region.name}
              {slice && ` · ${slice}`}
              {figure.periodLabel && ` · ${figure.periodLabel}`}
              {variant && ` · ${variant}`}
            </strong>
            {figure.status && figure.status !== 'missing' && (
              <span className={styles.tag}>{STATUS_ZH[figure.status]}</span>
            )}
            <CoverageTag flags={figure.flags} className={own.late} />
            <MakingTag flags={figure.flags} />
            {late && !page.pinned && <span className={cx(styles.tag, own.late)}>{late}</span>}
            {page.lacking.length > 0 && <span className={styles.tag}>缺 {page.lacking.length} 项</span>}
            <UnverifiedTag reason={figure.unverified} />
            {figure.demo && <DemoTag />}
          </p>
          {figure.value === null && figure.reason && <p className={own.reason}>{figure.reason}</p>}
          {figure.value !== null && figure.cell === null && figure.reason && (
            <p className={styles.note}>{figure.reason}</p>
          )}
          {page.lacking.length > 0 && (
            <p className={own.reason}>
              缺:
              {page.lacking.map(({ name, weight, reason }) => `${name}(权重 ${weight},${reason})`).join('、')}
            </p>
          )}
          {lamp && (
            <p className={own.change}>
              <Lamp lamp={lamp} />
              <span className={own.rule}>
                {lamp.word}:{lamp.rule}
              </span>
            </p>
          )}
          {changes.map((change) => (
            <p key={change.label} className={own.change}>
              <Delta change={change} rule={false} />
              <UnverifiedTag reason={change.unverified ?? null} />
              <span className={own.rule}>
                {change.value === null
                  ? change.rule
                  : change.basis === 'published'
                    ? '发布值'
                    : `${BASIS_ZH[change.basis ?? 'computed']}:${change.rule}${change.restated === undefined ? '' : `(${change.restated})`}`}
              </span>
            </p>
          ))}
          {page.freshness && (
            <p className={styles.note}>
              {figure.vintageMs !== null && <>何时已知 {instantZh(figure.vintageMs)} · </>}
              {freshnessText(page, page.freshness)}
            </p>
          )}
        </div>
        <div className={own.tools}>
          <button type="button" className={styles.button} disabled={!cell} onClick={() => cell && open(cell)}>
            数字护照
          </button>
          {page.rest && (
            <RestCall path={page.rest.path} csvPath={page.rest.csvPath} mayExport={page.mayExport} />
          )}
        </div>
      </div>
    </header>
  );
}

/** Freshness is the newest period's, whichever one is looked at. */
function freshnessText({ newestLabel, figure }: MetricPage, freshness: Freshness): string {
  if (newestLabel === null || newestLabel === figure.periodLabel) return freshness.text;
  return `最新一期为${newestLabel};${freshness.text.replace('最新一期;', '')}`;
}
