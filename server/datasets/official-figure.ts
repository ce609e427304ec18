import { stretchOfBasis } from '@/metrics/model/basis';
import {
  COMMON_BASES,
  FREQUENCIES,
  type Freq,
  MEASURES,
  type Measure,
  OBS_STATUSES,
} from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { isOwnName } from '@/metrics/model/derived-source';
import { ownBases, unsaidBasis } from '@/metrics/model/own-bases';
import { formatSlice, parseSlice } from '@/metrics/model/slice';
import { type ParsedPeriod, parsePeriod } from '@/metrics/time/parse-period';
import { DAY_MS } from '@/metrics/time/zone';
import { choice, date, decimal, region, text } from './columns';
import type { CellOf, DatasetEntry, Known, RowProblem } from './entry';
import { partsProblem, stretchProblem, unfinishedProblem, valueProblem } from './figure-limits';

export const OFFICIAL_FIGURE = 'official_figure';

/** Reported figures in long form: one published value of one cell. A later publication is a later vintage, not a correction. */
export const officialFigure: DatasetEntry = {
  contract: {
    name: OFFICIAL_FIGURE,
    title: '公布数据',
    version: 2,
    grain: '一个指标、一个地区、一期、一次公布的一个数',
    columns: [
      text('metric', '指标', '指标库中的指标代码', { nullable: false }),
      region('现行 GB/T 2260 代码;全国 100000'),
      text('period', '报告期', 'SDMX 写法:2023、2024-Q1、2024-03、2024-03-15;也可写“2024年1-2月”', {
        nullable: false,
      }),
      choice('freq', '频率', 'A 年 Q 季 M 月 D 日 H 时 N 分', FREQUENCIES, { nullable: false }),
      text(
        'basis',
        '口径',
        'period 当期、ytd 累计、point 时点、mean 均值,或具名口径;只有一种可能时可不写,如时点指标、年度数',
        { nullable: false },
      ),
      choice(
        'measure',
        '度量',
        'level 水平值;yoy、mom 为公布的增速,不由水平值倒算;target 年度目标',
        MEASURES,
        {
          nullable: false,
        },
      ),
      text('slice', '分组', '空,或“维度=取值;…”,维度按字母序', { nullable: false }),
      choice('status', '状态', '快报、初步、最终、普查、抽样推算、预测、缺失', OBS_STATUSES, {
        nullable: false,
      }),
      decimal('value', '数值', '公布的数;状态为缺失时为空', { scale: 10, sentinels: [-999, -9999] }),
      decimal('numerator', '分子', '比率类指标的分子;填报时与分母一并报送,以便上卷', {
        scale: 10,
        sentinels: [-999, -9999],
      }),
      decimal('denominator', '分母', '比率类指标的分母', { scale: 10, sentinels: [-999, -9999] }),
      text('unit', '单位', '公布时的单位', { nullable: false }),
      date('published_at', '公布日', '这个数对外公布的日期,决定版次', { nullable: false }),
      text('source', '出处', '公布机关、文件的名称或网址', { nullable: false }),
      choice(
        'confidence',
        '可信度',
        'high 高、medium 中、low 低;低于高的标“待核”',
        ['high', 'medium', 'low'],
        { nullable: false },
      ),
      text(
        'flags',
        '标记',
        '以“;”分隔,如 vintage_assumed 发布日按惯例推定、series_break 与此前口径不可直接比',
        { nullable: false },
      ),
      text('note', '备注', '说明', { nullable: false }),
    ],
    key: ['metric', 'freq', 'region_code', 'slice', 'basis', 'measure', 'period', 'published_at'],
    businessTime: 'published_at',
    regionColumn: 'region_code',
    latenessDays: 36_500,
    rules: [
      {
        code: 'value_without_status',
        condition: "value is not null or status = 'missing'",
        severity: 'reject',
        message: '数值为空时状态应为 missing',
      },
      {
        code: 'half_a_ratio',
        condition:
          '(numerator is null and denominator is null) or (numerator is not null and denominator is not null)',
        severity: 'reject',
        message: '分子与分母要么都报,要么都不报',
      },
    ],
    owner: '省统计局',
    classification: 'public',
    dims: [],
  },
  defaults: {
    measure: 'level',
    slice: '',
    status: 'final',
    confidence: 'high',
    flags: '',
    note: '',
  },
  implied: { column: 'basis', of: impliedBasis },
  mayBeFuture: [],
  longDates: ['published_at'],
  placement: [],
  regionLevel: 'any',
  checkRow: checkCell,
};

function checkCell(cell: CellOf, known: Known): RowProblem | null {
  const metric = cell('metric') ?? '';
  const definition = known.definitionOf(metric);
  if (definition === undefined)
    return { column: 'metric', code: 'unknown_metric', reason: `指标库中没有“${metric}”` };
  const basis = cell('basis') ?? '';
  if (!/^[a-z][a-z0-9_]{0,30}$/.test(basis))
    return { column: 'basis', code: 'bad_basis', reason: `口径“${basis}”应为小写字母、数字、下划线` };
  const slice = cell('slice') ?? '';
  try {
    if (slice !== '') formatSlice(parseSlice(slice));
  } catch {
    return { column: 'slice', code: 'bad_slice', reason: `分组“${slice}”应为“维度=取值;…”,维度按字母序` };
  }
  const period = parsePeriod(cell('period') ?? '');
  if (!period) return { column: 'period', code: 'bad_period', reason: `“${cell('period')}”不是一个报告期` };
  if (period.freq !== cell('freq'))
    return {
      column: 'period',
      code: 'freq_mismatch',
      reason: `报告期“${cell('period')}”的频率是 ${period.freq},不是 ${cell('freq')}`,
    };
  if (cell('measure') === 'target' && period.freq !== 'A')
    return { column: 'period', code: 'target_not_annual', reason: '目标按年填报,报告期应为年份,如 2024' };
  if (period.basis !== undefined && period.basis !== stretchOfBasis(basis))
    return {
      column: 'basis',
      code: 'basis_mismatch',
      reason: `报告期“${cell('period')}”说的是 ${period.basis},口径却是 ${basis}`,
    };
  return (
    basisProblem(definition, basis, cell) ??
    unitProblem(cell, definition.unit) ??
    futureProblem(cell, period.startMs) ??
    impossible(definition, basis, period, cell)
  );
}

/** Whose a value is, is told by how its source is written: our own datasets and ways of making have names in small letters. */
function sourceProblem(cell: CellOf): RowProblem | null {
  const source = cell('source') ?? '';
  if (!isOwnName(source)) return null;
  const reason = `出处“${source}”与系统内部的名称同形,请写公布机关、文件的名称或网址`;
  return { column: 'source', code: 'source_like_own', reason };
}

/** What was taken in before a limit was known can still be withdrawn as it is. */
function impossible(
  definition: MetricDefinition,
  basis: string,
  period: ParsedPeriod,
  cell: CellOf,
): RowProblem | null {
  if (cell('is_deleted') === '1') return null;
  return (
    stretchProblem(definition, basis, period, cell) ??
    unfinishedProblem(definition, period, cell) ??
    valueProblem(definition, cell) ??
    partsProblem(definition, cell) ??
    sourceProblem(cell)
  );
}

/** What cannot be read is for the check of the row to say; until then the figure is of 当期. */
function impliedBasis(cell: CellOf, known: Known): string | RowProblem {
  const metric = cell('metric') ?? '';
  const definition = known.definitionOf(metric);
  const period = parsePeriod(cell('period') ?? '');
  if (definition === undefined || !period) return 'period';
  const freq = (cell('freq') ?? '') as Freq;
  const measure = (cell('measure') ?? '') as Measure;
  const basis = unsaidBasis(definition, { freq, measure, said: period.basis });
  if (basis !== undefined) return basis;
  return {
    column: 'basis',
    code: 'basis_unsaid',
    reason: `未写口径:指标“${metric}”在频率 ${freq} 上可以是 ${ownBases(definition).join('、')},请写明`,
  };
}

/** A level of a basis that the metric never has would be a second series beside its own. */
function basisProblem(definition: MetricDefinition, basis: string, cell: CellOf): RowProblem | null {
  const isCommon = COMMON_BASES.some((one) => one === basis);
  if (!isCommon || cell('measure') !== 'level') return null;
  const own = ownBases(definition);
  if (own.includes(basis)) return null;
  return {
    column: 'basis',
    code: 'basis_foreign',
    reason: `指标“${definition.code}”的口径是 ${own.join('、')},不是 ${basis}`,
  };
}

/** The warehouse holds one unit a metric: another one would be read as it (calculus.md §26.1). */
function unitProblem(cell: CellOf, unit: string): RowProblem | null {
  const isRate = cell('measure') === 'yoy' || cell('measure') === 'mom';
  const allowed = isRate ? ['%', '百分点'] : [unit];
  const given = cell('unit') ?? '';
  if (allowed.includes(given)) return null;
  return {
    column: 'unit',
    code: 'unit_mismatch',
    reason: `单位“${given}”与指标的“${allowed[0]}”不符,请换算后再报`,
  };
}

/** Only a target or a forecast speaks of a period that has not begun. */
function futureProblem(cell: CellOf, startMs: number): RowProblem | null {
  if (cell('measure') === 'target' || cell('status') === 'forecast') return null;
  const publishedMs = Date.parse(`${cell('published_at') ?? ''}T00:00:00+08:00`);
  if (!(startMs > publishedMs + DAY_MS)) return null;
  return {
    column: 'period',
    code: 'period_after_publication',
    reason: `报告期“${cell('period')}”在公布日 ${cell('published_at')} 时尚未开始`,
  };
}
