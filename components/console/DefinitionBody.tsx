import Link from 'next/link';
import type { ReactNode } from 'react';
import type { ApiOutputs } from '@/components/trpc/outputs';
import {
  ACCUMULATION_ZH,
  additiveZh,
  DIRECTION_ZH,
  FREQ_ZH,
  KIND_ZH,
  LEVEL_ZH,
  MOM_ZH,
  PERIOD_RULE_ZH,
  ROLLUP_ZH,
  ROUNDING_ZH,
  weightZh,
  YOY_ZH,
} from '@/metrics/format/definition-words';
import { releaseZh } from '@/metrics/format/release-words';
import {
  THRESHOLD_MEASURE_ZH,
  thresholdLevelZh,
  thresholdRuleZh,
  thresholdSourceZh,
} from '@/metrics/format/threshold-words';
import { DOMAIN_TITLES } from '@/metrics/model/definition-vocabulary';
import css from './console.module.css';
import { DefinitionForm } from './DefinitionForm';
import { countZh, dayZh } from './format';
import { Mark } from './Mark';
import { Facts, Panel } from './Panel';
import { DEFINITION_STATES, stateOf } from './words';

type Detail = ApiOutputs['definitions']['get'];

/** The definition as people read it: 口径 first, then how it is computed, then its rules. */
export function DefinitionBody({ detail }: { detail: Detail }) {
  const { definition: d } = detail;
  return (
    <>
      <Panel title="口径">
        <p>{d.definition}</p>
        {d.formula_text ? <p className={css.code}>{d.formula_text}</p> : null}
        {d.note ? <p className={css.soft}>说明:{d.note}</p> : null}
        {d.story ? <p className={css.soft}>看什么:{d.story}</p> : null}
        <Facts items={basics(detail)} />
      </Panel>
      <Panel title="计算形式">
        <DefinitionForm definition={d} connected={detail.state !== 'not_computable'} />
        <Related title="引用的指标" items={detail.uses} />
        <Related title="被引用于" items={detail.usedBy} />
      </Panel>
      <Panel title="规则">
        <Facts items={rules(detail)} />
      </Panel>
      {d.thresholds ? (
        <Panel title="阈值">
          {d.thresholds.sets.map((set) => (
            <div key={`${set.measure}-${set.valid_from ?? ''}-${set.standard ?? ''}`}>
              <h3 className={css.sub}>
                {THRESHOLD_MEASURE_ZH[set.measure]} · {thresholdSourceZh(set)}
              </h3>
              <ul className={css.list}>
                {set.rules.map((rule) => (
                  <li key={thresholdRuleZh(rule)}>
                    {thresholdLevelZh(rule)} {thresholdRuleZh(rule)}
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </Panel>
      ) : null}
    </>
  );
}

function basics({ definition: d, state, reasons, coverage }: Detail): [string, ReactNode][] {
  const shown = stateOf(DEFINITION_STATES, state);
  return [
    [
      '状态',
      <span key="state">
        <Mark tone={shown.tone}>{shown.word}</Mark>
        {reasons.length > 0 ? <div className={css.soft}>{reasons.join(';')}</div> : null}
      </span>,
    ],
    ['领域', DOMAIN_TITLES[d.domain]],
    ['类型', KIND_ZH[d.kind]],
    ['单位', d.unit],
    ['频率', FREQ_ZH[d.freq]],
    ['责任部门', d.owner],
    ['来源系统', d.source_system],
    ['发布时滞', releaseZh(d.release)],
    ['观测的区划', coverage ? `${countZh(coverage.regionCount)} 个` : '—'],
    ['观测的时期', coverage ? `${dayZh(coverage.firstPeriodMs)} 至 ${dayZh(coverage.lastPeriodMs)}` : '—'],
  ];
}

function rules({ definition: d, sliceTitles }: Detail): [string, ReactNode][] {
  return [
    ['期间', PERIOD_RULE_ZH[d.period_rule]],
    ['累加性', ACCUMULATION_ZH[d.accumulation]],
    ['跨区划', additiveZh(d)],
    ['上卷', `${ROLLUP_ZH[d.rollup]}${d.rollup_weight ? `,${weightZh(d.rollup_weight)}` : ''}`],
    ['同比', YOY_ZH[d.yoy]],
    ['环比', MOM_ZH[d.mom]],
    ['取舍', `显示 ${d.precision} 位小数,${ROUNDING_ZH[d.rounding]}`],
    ['方向', `${DIRECTION_ZH[d.direction]}${d.band ? `(${d.band[0]}–${d.band[1]} ${d.unit})` : ''}`],
    ['层级', d.levels.map((level) => LEVEL_ZH[level]).join('、')],
    ['分组维度', sliceTitles.length > 0 ? sliceTitles.join('、') : '无'],
  ];
}

function Related({ title, items }: { title: string; items: { code: string; name: string | null }[] }) {
  if (items.length === 0) return null;
  return (
    <p>
      {title}:
      {items.map(({ code, name }, index) => (
        <span key={code}>
          {index > 0 ? '、' : ''}
          {name === null ? code : <Link href={`/console/metrics/${code}`}>{name}</Link>}
        </span>
      ))}
    </p>
  );
}
