import Link from 'next/link';
import type { ReactNode } from 'react';
import {
  APPROXIMATE_ZH,
  aggregateZh,
  callZh,
  missingZh,
  partZh,
  ROWS_ZH,
} from '@/metrics/format/definition-words';
import type { AggregatedDefinition, CompositeDefinition, MetricDefinition } from '@/metrics/model/definition';
import css from './console.module.css';
import { Facts } from './Panel';

/** The structured form: what the engine computes, or that nothing is computed. */
export function DefinitionForm({
  definition: d,
  connected,
}: {
  definition: MetricDefinition;
  /** Whether the dataset of an aggregated metric is there to be looked at. */
  connected: boolean;
}) {
  switch (d.kind) {
    case 'reported':
      return d.formula ? <Formula text={d.formula} /> : <p>由责任部门公布,本系统不重算。</p>;
    case 'derived':
      return (
        <>
          <Formula text={d.formula} />
          {d.approximate ? <p className={css.soft}>{APPROXIMATE_ZH}</p> : null}
        </>
      );
    case 'aggregated':
      return <Facts items={aggregatedFacts(d, connected)} />;
    case 'composite':
      return <Composite definition={d} />;
  }
}

function Formula({ text }: { text: string }) {
  return <pre className={css.pre}>{text}</pre>;
}

function code(text: string): ReactNode {
  return <span className={css.code}>{text}</span>;
}

function aggregatedFacts(d: AggregatedDefinition, connected: boolean): [string, ReactNode][] {
  const facts: [string, ReactNode][] = [
    [
      '数据集',
      connected ? (
        <Link key="dataset" href={`/console/datasets/${d.dataset}`}>
          {d.dataset}
        </Link>
      ) : (
        `${d.dataset}(尚未接入)`
      ),
    ],
    ['取行', ROWS_ZH[d.rows]],
  ];
  if (d.time) facts.push(['时间列', code(d.time)]);
  if (d.where) facts.push(['条件', code(d.where)]);
  if (d.measure) facts.push(['度量', code(aggregateZh(d.measure))]);
  if (d.numerator) facts.push(['分子', code(aggregateZh(d.numerator))]);
  if (d.denominator) facts.push(['分母', code(aggregateZh(d.denominator))]);
  if (d.fn) facts.push(['函数', code(callZh(d.fn))]);
  if (d.factor !== 1) facts.push(['换算', `× ${d.factor}`]);
  for (const [slice, expr] of Object.entries(d.slice_expr ?? {})) facts.push([`分组 ${slice}`, code(expr)]);
  return facts;
}

function Composite({ definition: d }: { definition: CompositeDefinition }) {
  return (
    <>
      {d.fn ? <Formula text={callZh(d.fn)} /> : null}
      {d.parts ? (
        <ul className={css.list}>
          {d.parts.map((part) => (
            <li key={`${part.metric} ${part.measure}`}>
              <Link href={`/console/metrics/${part.metric}`}>{part.metric}</Link>
              {partZh(part)}
            </li>
          ))}
        </ul>
      ) : null}
      {d.missing ? <p className={css.soft}>缺项:{missingZh(d.missing)}</p> : null}
    </>
  );
}
