'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useDeferredValue } from 'react';
import { PinnedBanner } from '@/components/desk/AsOf';
import styles from '@/components/desk/desk.module.css';
import { matchingDomains, STATES, type StateFilter } from '@/components/desk/filter-metrics';
import own from '@/components/desk/list.module.css';
import { withAsOf } from '@/components/desk/metric-input';
import { Segments, TableBox } from '@/components/desk/Section';
import { useAddress } from '@/components/desk/use-address';
import { Marks } from '@/components/metric/Marks';
import { useTRPC } from '@/components/trpc/client';
import { useLive } from '@/components/trpc/live';
import { cx } from '@/components/ui/cx';
import { DATA_STATE_ZH } from '@/metrics/model/data-state';
import type { MetricList as List, MetricListEntry } from '@/server/services/desk/types';

/** Every indicator of the catalogue by domain: its newest number, or why there is none. */
export function MetricList() {
  const { params, href, replace } = useAddress();
  const asOf = params.get('asOf') ?? undefined;
  const trpc = useTRPC();
  const client = useQueryClient();
  const query = useQuery(trpc.desk.list.queryOptions(asOf === undefined ? {} : { asOf }));
  useLive((change) => {
    if (change.reason === 'changed' && asOf === undefined)
      void client.invalidateQueries({ queryKey: trpc.desk.list.queryKey() });
  });
  const text = params.get('q') ?? '';
  const state = STATES.find((known) => known === params.get('state')) ?? 'all';
  const needle = useDeferredValue(text);
  const list = query.data;
  if (!list) {
    return (
      <p className={styles.state} role="status">
        {query.error ? query.error.message : '正在读取…'}
      </p>
    );
  }
  const domains = matchingDomains(list, needle, state);
  const found = domains.reduce((sum, { metrics }) => sum + metrics.length, 0);
  return (
    <div className={styles.page}>
      {asOf !== undefined && <PinnedBanner asOfMs={list.asOfMs} backHref={href({ asOf: null })} />}
      <header className={own.listHead}>
        <h1>指标</h1>
        <p className={styles.note}>
          {list.region.name} · 共 {list.total} 个,{list.present} 个{DATA_STATE_ZH.present};其余写明原因。
        </p>
        <search className={own.search}>
          <input
            className={cx(styles.field, own.grow)}
            type="search"
            aria-label="搜索指标"
            placeholder="名称、代码、英文名、责任单位"
            value={text}
            onChange={(event) => replace({ q: event.target.value })}
          />
          <Segments<StateFilter>
            label="状态"
            options={STATES.map((key) => ({ key, title: key === 'all' ? '全部' : DATA_STATE_ZH[key] }))}
            value={state}
            onChange={(key) => replace({ state: key === 'all' ? null : key })}
          />
          <output className={styles.note}>{found} 个</output>
        </search>
        <nav className={own.domains} aria-label="领域">
          {domains.map(({ code, title, metrics }) => (
            <a key={code} href={`#${code}`}>
              {title} <small>{metrics.length}</small>
            </a>
          ))}
        </nav>
      </header>
      {domains.map((domain) => (
        <Domain key={domain.code} domain={domain} asOf={asOf} />
      ))}
      {found === 0 && <p className={styles.state}>没有匹配的指标。</p>}
    </div>
  );
}

function Domain({ domain, asOf }: { domain: List['domains'][number]; asOf: string | undefined }) {
  return (
    <section className={styles.section} id={domain.code} aria-labelledby={`${domain.code}-title`}>
      <header className={styles.sectionHead}>
        <h2 id={`${domain.code}-title`}>{domain.title}</h2>
        <p className={styles.meta}>
          {domain.metrics.length} 个,{domain.present} 个{DATA_STATE_ZH.present}
        </p>
      </header>
      <TableBox label={`${domain.title}指标`}>
        <table className={cx(styles.table, own.list)}>
          <thead>
            <tr>
              <th scope="col">指标</th>
              <th scope="col" className={styles.number}>
                最新值
              </th>
              <th scope="col">期</th>
              <th scope="col">状态</th>
              <th scope="col">类型 · 责任单位</th>
            </tr>
          </thead>
          <tbody>
            {domain.metrics.map((metric) => (
              <MetricRow key={metric.code} metric={metric} asOf={asOf} />
            ))}
          </tbody>
        </table>
      </TableBox>
    </section>
  );
}

function MetricRow({ metric, asOf }: { metric: MetricListEntry; asOf: string | undefined }) {
  const { code, name, figure, state, reason, kind, owner } = metric;
  return (
    <tr>
      <th scope="row">
        <Link href={withAsOf(`/metric/${code}`, asOf)}>{name}</Link>
        <code>{code}</code>
      </th>
      <td className={styles.number}>
        {figure?.value == null ? '—' : figure.text}
        {figure?.value != null && <small> {figure.unit}</small>}
      </td>
      <td>{figure?.periodLabel || ''}</td>
      <td className={own.stateCell}>
        {figure?.value != null ? (
          <Marks figure={figure} />
        ) : (
          <>
            {/* 有数 beside no number would read as a fault: the words say where it is. */}
            {state !== 'present' && <span className={styles.tag}>{DATA_STATE_ZH[state]}</span>}{' '}
            {figure?.reason ?? reason}
          </>
        )}
      </td>
      <td className={own.owner}>
        {kind} · {owner || '未定'}
      </td>
    </tr>
  );
}
