'use client';

import own from '@/components/desk/calculus.module.css';
import styles from '@/components/desk/desk.module.css';
import { Section } from '@/components/desk/Section';
import { BASIS_ZH } from '@/components/metric/basis';
import metric from '@/components/metric/metric.module.css';
import { useOpenPassport } from '@/components/metric/passport-context';
import { cx } from '@/components/ui/cx';
import type { Working, WorkingOperand } from '@/metrics/workings/working';
import type { CellCalculus } from '@/server/services/calculus/types';

/** 演算: everything that can be said of the chosen number by rule, each with what it was made of. */
export function CalculusSection({
  calculus,
  slice,
  path,
}: {
  calculus: CellCalculus;
  /** In words; null for the whole. */
  slice: string | null;
  path: string | null;
}) {
  const { workings, region, periodLabel } = calculus;
  return (
    <Section
      id="calculus"
      title="演算"
      meta={[region.name, slice, periodLabel].filter(Boolean).join(' · ')}
      demo={workings.some(({ demo }) => demo)}
    >
      <table className={cx(styles.table, own.workings)}>
        <thead>
          <tr>
            <th scope="col">名称</th>
            <th scope="col" className={cx(styles.number, own.result)}>
              结果
            </th>
            <th scope="col">怎么来的</th>
          </tr>
        </thead>
        <tbody>
          {workings.map((working) => (
            <WorkingRow key={working.key} working={working} />
          ))}
        </tbody>
      </table>
      {path && (
        <p className={styles.note}>
          接口:<code className={own.path}>GET {path}</code>
        </p>
      )}
    </Section>
  );
}

function WorkingRow({ working }: { working: Working }) {
  const { label, value, text, tone, basis, flags, reason, rule, operands } = working;
  // A number needs its flags; where there is none the reason has said it, and what the basis says is said.
  const marks = value === null ? [] : flags.filter(({ flag }) => flag !== basis);
  return (
    <tr>
      <th scope="row">{label}</th>
      <td className={cx(styles.number, own.result)}>
        <span className={metric[tone]}>{text}</span>
      </td>
      <td className={own.making}>
        <details>
          <summary>
            {basis && <span className={styles.tag}>{BASIS_ZH[basis]}</span>}
            {value === null && <span className={own.reason}>{reason}</span>}
            {marks.map(({ flag, words }) => (
              <span key={flag} className={cx(styles.tag, own.flag)}>
                {words}
              </span>
            ))}
            <span className={own.rule}>{rule.text}</span>
          </summary>
          <dl className={own.operands}>
            {operands.map((operand) => (
              <div key={operand.name}>
                <dt>{operand.label}</dt>
                <dd>
                  <OperandValue operand={operand} />
                </dd>
              </div>
            ))}
            <div>
              <dt>规则</dt>
              <dd>统计演算规则 {rule.source}</dd>
            </div>
          </dl>
        </details>
      </td>
    </tr>
  );
}

/** What was read opens its own passport. */
function OperandValue({ operand }: { operand: WorkingOperand }) {
  const open = useOpenPassport();
  const { cell, text, label } = operand;
  if (!cell) return <>{text}</>;
  return (
    <button
      type="button"
      className={styles.link}
      aria-label={`${label} ${text},打开数字护照`}
      onClick={() => open(cell)}
    >
      {text}
    </button>
  );
}
