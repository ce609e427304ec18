import Link from 'next/link';
import type { ReactNode } from 'react';
import styles from '@/components/desk/desk.module.css';
import { withAsOf } from '@/components/desk/metric-input';
import own from '@/components/desk/parts.module.css';
import { Section } from '@/components/desk/Section';
import { useAddress } from '@/components/desk/use-address';
import { cx } from '@/components/ui/cx';
import type { DefinitionView, MetricRef, ThresholdView } from '@/server/services/desk/types';

/** 口径: what the number means, what it is made of, what is made of it, when it is alarming. */
export function DefinitionSection({ definition: d }: { definition: DefinitionView }) {
  return (
    <Section id="definition" title="口径" meta={`第 ${d.version} 版 · ${d.hash.slice(0, 12)}`}>
      <p className={own.lead}>{d.text}</p>
      {d.story && <p className={styles.note}>{d.story}</p>}
      <div className={own.definition}>
        <dl className={own.rows}>
          <Row name="英文名">{d.nameEn}</Row>
          <Row name="类型">
            {d.kind} · {d.accumulation}
            {d.dataset && ` · 数据集“${d.dataset}”`}
          </Row>
          {d.formula && (
            <Row name="算式">
              <code>{d.formula}</code>
            </Row>
          )}
          <Row name="同比">{d.yoyRule}</Row>
          <Row name="环比">{d.momRule}</Row>
          <Row name="地区上卷">{d.rollup}</Row>
          <Row name="方向">{d.direction}</Row>
          <Row name="显示">
            {d.precision} 位小数,{d.rounding}
          </Row>
          <Row name="来源">
            {d.owner || '未定'} · {d.sourceSystem} · 发布约定 {d.releaseLag}
          </Row>
          {d.note && <Row name="说明">{d.note}</Row>}
        </dl>
        <div>
          <h3>血缘</h3>
          <Lineage
            title="由这些算出"
            refs={d.operands}
            none={d.dataset ? `数据集“${d.dataset}”的明细` : '本指标直接报送'}
          />
          <Lineage title="用于计算" refs={d.usedBy} none="没有其他指标用到它" />
          <h3>阈值</h3>
          {d.thresholds.length === 0 ? (
            <p className={styles.note}>没有设定阈值。</p>
          ) : (
            d.thresholds.map((set) => <Threshold key={`${set.measure}/${set.source}`} set={set} />)
          )}
        </div>
      </div>
      <details className={own.yaml}>
        <summary>结构化定义(YAML)</summary>
        <pre>{d.yaml}</pre>
      </details>
    </Section>
  );
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Lineage({ title, refs, none }: { title: string; refs: readonly MetricRef[]; none: string }) {
  const asOf = useAddress().params.get('asOf') ?? undefined;
  return (
    <p className={own.lineage}>
      <span>{title}</span>
      {refs.length === 0
        ? none
        : refs.map(({ code, name, kind }) => (
            <Link key={code} href={withAsOf(`/metric/${code}`, asOf)} title={`${code} · ${kind}`}>
              {name}
            </Link>
          ))}
    </p>
  );
}

function Threshold({ set }: { set: ThresholdView }) {
  return (
    <p className={own.threshold}>
      <span>
        {set.measure}
        {set.by && `(按 ${set.by})`} · {set.source}
      </span>
      {set.rules.map(({ level, colour, words }) => (
        <span key={`${level}/${words}`} className={cx(own.rung, colour && own[colour])}>
          {level} {words}
        </span>
      ))}
    </p>
  );
}
