'use client';

import { type ReactNode, useState } from 'react';
import { AirIndex } from '@/components/metric/AirIndex';
import { BASIS_ZH } from '@/components/metric/basis';
import { MadeOf } from '@/components/metric/MadeOf';
import { DemoTag, MakingTag, UnverifiedTag } from '@/components/metric/Marks';
import { PassportJudgement } from '@/components/metric/PassportJudgement';
import styles from '@/components/metric/passport.module.css';
import { actorZh } from '@/components/ui/actor';
import { instantZh } from '@/components/ui/instant';
import { flagZh } from '@/metrics/calculus/flag-words';
import { formatNumber } from '@/metrics/format/number';
import { STATUS_ZH, sourceZh } from '@/metrics/format/observation-words';
import type { CellKey } from '@/metrics/model/cell';
import type { Working } from '@/metrics/workings/working';
import type { Passport } from '@/server/services/screens/passport-types';

const ORIGIN_ZH: Readonly<Record<string, string>> = {
  command: '命令',
  upload: '上传',
  push: '推送',
  seed: '随装',
};
const OUTCOME_ZH: Readonly<Record<string, string>> = {
  success: '成功',
  running: '运行中',
  failed: '失败',
  skipped: '跳过',
  interrupted: '中断',
};

/** Everything a number can prove about itself. */
export function PassportBody({ passport, onOpen }: { passport: Passport; onOpen(cell: CellKey): void }) {
  const { figure, definition, load, run } = passport;
  const [newest] = passport.vintages;
  return (
    <div className={styles.body}>
      <p className={styles.headline}>
        <span className={styles.number}>{figure.text}</span>
        <span className={styles.unit}>{figure.unit}</span>
        <span className={styles.context}>
          {[passport.regionFullName, passport.sliceText, figure.periodLabel, passport.basisText]
            .filter(Boolean)
            .join(' · ')}
        </span>
        <MakingTag flags={figure.flags} />
        <UnverifiedTag reason={figure.unverified} />
        {figure.demo && <DemoTag />}
      </p>
      {figure.unverified && <p className={styles.note}>待核:{figure.unverified}。用前请对照发布单位。</p>}
      {figure.reason && <p className={styles.note}>{figure.reason}</p>}
      <Section title="状态与时效">
        <Row name="状态">{figure.status ? STATUS_ZH[figure.status] : '—'}</Row>
        <Row name="何时已知">{figure.vintageMs === null ? '—' : instantZh(figure.vintageMs)}</Row>
        <Row name="时效">{figure.freshness.text}</Row>
        <Row name="责任单位">
          {definition.owner || '—'}({definition.sourceSystem};发布约定:{definition.releaseLag})
        </Row>
      </Section>
      <PassportJudgement passport={passport} />
      <Section title="口径">
        <Row name="指标">
          {definition.name} <code>{definition.code}</code> · {definition.kind}
        </Row>
        <Row name="定义">{definition.text}</Row>
        {definition.formula && (
          <Row name="算式">
            <code>{definition.formula}</code>
          </Row>
        )}
        <Row name="版本">
          {versionZh(newest?.definitionVersion ?? definition.version, definition)}{' '}
          <code title={definition.hash}>{definition.hash.slice(0, 12)}</code>
        </Row>
      </Section>
      <Section title="来源">
        <Row name="出处">{(passport.sourceTitle ?? sourceZh(newest?.source ?? '')) || '—'}</Row>
        {passport.note !== '' && <Row name="备注">{passport.note}</Row>}
        {load && (
          <Row name={load.brought ? '装载' : '最近装载'}>
            <span title={load.id}>{load.fileName}</span> · {ORIGIN_ZH[load.origin] ?? load.origin} ·{' '}
            {actorZh(load.actorName)} · {instantZh(load.receivedMs)} · {load.acceptedRows} 行
            {load.provenance === 'demo' && ' · 演示数据'}
          </Row>
        )}
        <Row name="作业">
          {run ? (
            <>
              {run.jobTitle} · {OUTCOME_ZH[run.outcome] ?? run.outcome} · {instantZh(run.startedMs)} · 读{' '}
              {run.rowsRead} 写 {run.rowsWritten} 行{' '}
            </>
          ) : null}
          <code>{newest?.runId || '—'}</code>
        </Row>
        {/* What is published or follows from other numbers has no sample of its own. */}
        {passport.sourceTitle !== null && <Row name="样本">{passport.sampleCount}</Row>}
        {passport.denominator !== null && (
          <Row name="分子与分母">
            {shown(passport.numerator)} / {shown(passport.denominator)}
          </Row>
        )}
        {figure.flags.length > 0 && <Row name="标记">{figure.flags.map(flagZh).join('、')}</Row>}
      </Section>
      {passport.airIndex && <AirIndex index={passport.airIndex} onOpen={onOpen} />}
      {passport.madeOf && <MadeOf made={passport.madeOf} onOpen={onOpen} />}
      {passport.comparisons.length > 0 && (
        <Section title="与前期比较">
          {passport.comparisons.map((working) => (
            <Row key={working.key} name={working.label}>
              <Comparison working={working} />
            </Row>
          ))}
        </Section>
      )}
      <Section title={`版次(${passport.vintages.length})`}>
        <table className={styles.vintages}>
          <thead>
            <tr>
              <th scope="col">何时已知</th>
              <th scope="col">数值</th>
              <th scope="col">状态</th>
              <th scope="col">口径</th>
            </tr>
          </thead>
          <tbody>
            {passport.vintages.map((vintage) => (
              <tr
                key={`${vintage.vintageMs}/${vintage.runId}`}
                aria-current={vintage.current ? 'true' : undefined}
              >
                <td>{instantZh(vintage.vintageMs)}</td>
                <td className={styles.digits}>{vintage.text}</td>
                <td>
                  {STATUS_ZH[vintage.status]} <UnverifiedTag reason={vintage.unverified} />
                </td>
                <td>第 {vintage.definitionVersion} 版</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Section>
      <Reproduce path={passport.reproducePath} />
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  const rows = title.startsWith('版次') ? children : <dl className={styles.rows}>{children}</dl>;
  return (
    <section className={styles.section}>
      <h3>{title}</h3>
      {rows}
    </section>
  );
}

/** A count as one; what is no count (days on average over cities) with two digits, the rest is in the REST answer. */
function shown(value: string | null): string {
  return formatNumber(value, { precision: value?.includes('.') ? 2 : 0 });
}

/** The result, how it came about, and the numbers it was made of. */
function Comparison({ working }: { working: Working }) {
  const { text, value, basis, reason, flags, operands, rule } = working;
  const marks = value === null ? [] : flags.filter(({ flag }) => flag !== basis).map(({ words }) => words);
  const how = [basis && BASIS_ZH[basis], value === null ? reason : null, ...marks].filter(Boolean);
  const made = operands.map((operand) => `${operand.label} ${operand.text}`);
  return (
    <>
      <span className={styles.digits}>{text}</span> · {how.join(' · ')}
      <br />
      <span className={styles.note}>
        {rule.text}
        {made.length > 0 && `;${made.join(',')}`}
      </span>
    </>
  );
}

/** A newer version with other words alone counts as the figure was counted. */
function versionZh(counted: number, { version, countedBy }: Passport['definition']): string {
  const alike = counted !== version && counted === countedBy ? ',算法未变' : '';
  return `第 ${counted} 版(现行第 ${version} 版${alike})`;
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={styles.row}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The REST call; the address is the one in the browser, so it can be pasted as it is. */
function Reproduce({ path }: { path: string }) {
  const [copied, setCopied] = useState(false);
  const origin = typeof window === 'undefined' ? '' : window.location.origin;
  const curl = `curl -H "Authorization: Bearer $TOKEN" "${origin}${path}"`;
  const copy = () => {
    void navigator.clipboard?.writeText(curl).then(() => setCopied(true));
  };
  return (
    <section className={styles.section}>
      <h3>如何复现</h3>
      <p>
        <code className={styles.path}>GET {path}</code>
      </p>
      <p className={styles.curl}>
        <code>{curl}</code>
        <button type="button" className={styles.close} onClick={copy}>
          {copied ? '已复制' : '复制'}
        </button>
      </p>
    </section>
  );
}
