import type { ChartBox } from '@/components/charts/ChartCanvas';
import { DIGITS_FONT, TEXT_FONT } from '@/components/charts/fonts';
import { BASIS_ZH } from '@/components/metric/basis';
import type { ThemeMode } from '@/components/shell/theme-mode';
import { STATUS_ZH } from '@/metrics/format/observation-words';
import type { MetricTrend, TrendPoint } from '@/server/services/desk/types';

export type TrendMode = 'level' | 'yoy';

const COLOURS = {
  dark: {
    text: '#e8f0f8',
    faint: '#a9bcd0',
    grid: 'rgba(150,186,222,0.14)',
    zero: 'rgba(169,188,208,0.6)',
    level: '#4fb3e8',
    soft: 'rgba(79,179,232,0.38)',
    yoy: '#45c7b0',
    chosen: '#f0b45a',
    tip: '#16304c',
    ground: '#0f2036',
  },
  light: {
    text: '#10243a',
    faint: '#3d5269',
    grid: 'rgba(20,50,80,0.12)',
    zero: 'rgba(20,50,80,0.5)',
    level: '#1b78b5',
    soft: 'rgba(27,120,181,0.34)',
    yoy: '#0a7262',
    chosen: '#b26b00',
    tip: '#ffffff',
    ground: '#ffffff',
  },
} as const;

/** Up to this many points each has a visible mark; of more, only those that stand alone between gaps. */
const MARKED_UP_TO = 60;

/** One quantity over one honest axis; gaps stay gaps. */
export function trendOption(
  trend: MetricTrend,
  mode: TrendMode,
  chosenMs: number | null,
  theme: ThemeMode,
  { k, still }: ChartBox,
): Record<string, unknown> {
  const colours = COLOURS[theme];
  const axisText = { color: colours.faint, fontSize: 13 * k, fontFamily: DIGITS_FONT };
  const bars = mode === 'level' && trend.mark === 'bar';
  const unit = mode === 'level' ? trend.unit : trend.yoyUnit;
  return {
    animation: !still,
    animationDuration: 300,
    textStyle: { fontFamily: TEXT_FONT },
    grid: { left: 8 * k, right: 16 * k, top: 36 * k, bottom: 8 * k, containLabel: true },
    tooltip: {
      trigger: 'axis',
      confine: true,
      backgroundColor: colours.tip,
      borderColor: colours.grid,
      textStyle: { color: colours.text, fontSize: 13 * k },
      axisPointer: { type: 'line', lineStyle: { color: colours.zero } },
      formatter: (items: unknown) => tooltip(items, trend),
    },
    xAxis: {
      type: 'category',
      data: trend.points.map(({ label }) => shortLabel(label)),
      boundaryGap: bars,
      axisLine: { lineStyle: { color: colours.grid } },
      axisTick: { show: false },
      axisLabel: { ...axisText, hideOverlap: true },
    },
    yAxis: {
      type: 'value',
      // A bar's length is its value: it starts at zero. A line may start where its values are.
      scale: !bars,
      name: unit,
      nameTextStyle: { color: colours.faint, fontSize: 12 * k, align: 'left' },
      axisLabel: axisText,
      splitLine: { lineStyle: { color: colours.grid } },
    },
    series: [
      bars
        ? barSeries(trend.points, chosenMs, colours, k)
        : lineSeries(trend.points, mode, chosenMs, colours, k),
    ],
  };
}

type Colours = (typeof COLOURS)[ThemeMode];

function barSeries(points: readonly TrendPoint[], chosenMs: number | null, colours: Colours, k: number) {
  return {
    type: 'bar',
    barMaxWidth: 44 * k,
    data: points.map((point) => ({
      value: numberOf(point.value),
      itemStyle: {
        color: isSettled(point) ? colours.level : colours.soft,
        borderColor: point.periodMs === chosenMs ? colours.chosen : colours.level,
        borderWidth: point.periodMs === chosenMs ? 2 : isSettled(point) ? 0 : 1,
        borderType: isSettled(point) || point.periodMs === chosenMs ? 'solid' : 'dashed',
      },
    })),
  };
}

function lineSeries(
  points: readonly TrendPoint[],
  mode: TrendMode,
  chosenMs: number | null,
  colours: Colours,
  k: number,
) {
  const values = points.map((point) => numberOf(mode === 'level' ? point.value : point.yoy.value));
  const colour = mode === 'level' ? colours.level : colours.yoy;
  const marked = points.length <= MARKED_UP_TO;
  return {
    type: 'line',
    connectNulls: false,
    showSymbol: true,
    symbol: 'circle',
    lineStyle: { width: 2 * k, color: colour },
    data: points.map((point, at) => {
      const chosen = point.periodMs === chosenMs;
      const alone = values[at - 1] == null && values[at + 1] == null;
      // Published growth is a full dot, computed growth a ring.
      const ring = mode === 'yoy' ? point.yoy.basis !== 'published' : !isSettled(point);
      return {
        value: values[at],
        // A ring of four would be a dot.
        symbolSize: chosen ? 12 * k : marked ? 8 * k : alone ? (ring ? 6 : 4) * k : 0,
        itemStyle: {
          color: ring ? colours.ground : colour,
          borderColor: chosen ? colours.chosen : colour,
          borderWidth: chosen ? 3 : 2,
        },
      };
    }),
    ...(mode === 'yoy' && {
      markLine: {
        silent: true,
        symbol: 'none',
        label: { show: false },
        lineStyle: { color: colours.zero, type: 'solid', width: 1 },
        data: [{ yAxis: 0 }],
      },
    }),
  };
}

function isSettled({ status, running, partial }: TrendPoint): boolean {
  return !running && !partial && (status === 'final' || status === 'census');
}

function numberOf(value: string | null): number | null {
  return value === null ? null : Number(value);
}

/** 2024年1-3月 → 24年1-3月, 2024年累计至3月2日 → 24-3-2; the axis is short, the tooltip says it whole. */
export function shortLabel(label: string): string {
  const day = /^20(\d\d)年(?:累计至)?(\d+)月(\d+)日$/.exec(label);
  if (day) return day.slice(1).join('-');
  return label.replace(/^(\d+)年$/, '$1').replace(/^20(\d\d)年/, '$1年');
}

function tooltip(items: unknown, { points, unit }: MetricTrend): string {
  const first: unknown = Array.isArray(items) ? items[0] : items;
  if (typeof first !== 'object' || first === null || !('dataIndex' in first)) return '';
  const point = points[Number(first.dataIndex)];
  if (!point) return '';
  const status = point.status && point.status !== 'missing' ? `(${STATUS_ZH[point.status]})` : '';
  const notes = [
    point.running && '至今',
    point.partial && '不完整',
    point.nearlyWhole && '个别县缺数',
    point.approximate && '近似',
    point.broken && '与此前不可比',
    point.unverified && '待核',
    point.demo && '演示数据',
  ]
    .filter(Boolean)
    .join(' · ');
  return [
    `${point.label}${notes && ` · ${notes}`}`,
    `数值 ${point.text}${point.value === null ? '' : ` ${unit}${status}`}`,
    `同比 ${changeWords(point)}`,
  ].join('<br/>');
}

/** +23.4%(发布), −1.6%(计算), or why there is none. */
export function changeWords({ yoy }: TrendPoint): string {
  if (yoy.value === null) return `—(${yoy.rule})`;
  return `${yoy.text}(${BASIS_ZH[yoy.basis ?? 'computed']}${yoy.unverified === null ? '' : ' · 待核'})`;
}
