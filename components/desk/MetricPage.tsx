'use client';

import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useCallback, useMemo } from 'react';
import { AsOfBanner } from '@/components/desk/AsOf';
import { CalculusSection } from '@/components/desk/CalculusSection';
import { Controls } from '@/components/desk/Controls';
import { DefinitionSection } from '@/components/desk/DefinitionSection';
import styles from '@/components/desk/desk.module.css';
import { Hero } from '@/components/desk/Hero';
import { metricInput } from '@/components/desk/metric-input';
import own from '@/components/desk/parts.module.css';
import { RegionSection } from '@/components/desk/RegionSection';
import { SignalSection } from '@/components/desk/SignalSection';
import { SliceSection } from '@/components/desk/SliceSection';
import { sliceText } from '@/components/desk/slice-text';
import { TrendSection } from '@/components/desk/TrendSection';
import { useAddress } from '@/components/desk/use-address';
import { VintageSection } from '@/components/desk/VintageSection';
import { PassportProvider } from '@/components/metric/passport-context';
import { useTRPC } from '@/components/trpc/client';
import { useLive } from '@/components/trpc/live';
import { Successors } from '@/components/ui/Successors';
import { knownRegion } from '@/metrics/regions/tree';

function isAbolished(code: number): boolean {
  return (knownRegion(code)?.successors.length ?? 0) > 0;
}

/** One metric: its number, its course, its regions and slices, its revisions, its meaning. */
export function MetricPage({ code }: { code: string }) {
  const { params, href, go } = useAddress();
  const input = useMemo(() => metricInput(code, (name) => params.get(name)), [code, params]);
  const trpc = useTRPC();
  const client = useQueryClient();
  const query = useQuery(trpc.desk.metric.queryOptions(input, { placeholderData: keepPreviousData }));
  const page = query.data;
  useLive((change) => {
    // What was known at an instant does not change.
    if (!page || input.asOf !== undefined || change.version === page.dataVersion) return;
    if (change.metrics !== null && !change.metrics.includes(code)) return;
    void client.invalidateQueries({ queryKey: trpc.desk.metric.queryKey() });
    void client.invalidateQueries({ queryKey: trpc.desk.signals.queryKey() });
  });
  const onPeriod = useCallback((period: string) => go({ period }), [go]);
  const onRegion = useCallback((region: number) => go({ region }), [go]);

  if (!page || page.definition.code !== code) {
    return (
      <p className={styles.state} role="status">
        {query.error ? query.error.message : '正在读取…'}{' '}
        {query.error && <Link href="/metric">全部指标</Link>}
      </p>
    );
  }
  return (
    <PassportProvider asOfMs={page.pinned ? page.asOfMs : undefined}>
      {page.pinned && <AsOfBanner page={page} backHref={href({ asOf: null })} />}
      {query.error && (
        <p className={styles.problem} role="alert">
          {query.error.message}。下面仍是上一次读到的内容。
        </p>
      )}
      <div aria-busy={query.isPlaceholderData} className={styles.page}>
        <Hero page={page} />
        <Controls page={page} go={go} />
        {isAbolished(page.selection.region.code) && (
          <p className={styles.problem} role="note">
            {page.selection.region.name}已撤销,下面是撤销前的数。
            <Successors code={page.selection.region.code} hrefOf={(region) => href({ region })} />
          </p>
        )}
        <div className={own.columns}>
          {page.trend && (
            <TrendSection
              name={`${page.selection.region.name}${page.definition.name}`}
              trend={page.trend}
              chosenMs={page.chosenMs}
              onPeriod={onPeriod}
            />
          )}
          {page.vintages.length > 0 && (
            <VintageSection
              rows={page.vintages}
              unit={page.figure.unit}
              calculus={page.calculus}
              onPeriod={onPeriod}
            />
          )}
        </div>
        {page.judgesUnits && (
          <SignalSection code={code} region={page.selection.region.code} asOf={input.asOf} go={go} />
        )}
        {page.calculus && page.calculus.workings.length > 0 && (
          <CalculusSection
            calculus={page.calculus}
            slice={sliceText(page)}
            path={page.rest?.calculusPath ?? null}
          />
        )}
        {page.regions && <RegionSection table={page.regions} unit={page.figure.unit} onRegion={onRegion} />}
        {page.slices.length > 0 && (
          <SliceSection
            groups={page.slices}
            selected={page.selection.slice}
            onSlice={(slice) => go({ slice })}
          />
        )}
        <DefinitionSection definition={page.definition} />
      </div>
    </PassportProvider>
  );
}
