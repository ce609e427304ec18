import type { EChartsCoreOption } from 'echarts/core';
import { DIGITS_FONT, TEXT_FONT } from '@/components/charts/fonts';
import type { Strip, StripsModel } from '@/components/charts/prepare/strips';
import { GRID_LINE, SERIES, TEXT } from '@/components/ui/palette';
import { textSize } from '@/components/ui/text-size';

const TOP = 26;
const BOTTOM = 24;
const GAP = 30;
const LEFT = 52;
const RIGHT = 14;
const ATTENTION = SERIES[3];
/** Behind the wall's charts: the inside of a ring. */
const GROUND = '#0c1f36';
/** Up to this many points of a line each has a dot; of more, those that stand alone. */
const DOTTED_UP_TO = 16;

interface Box {
  width: number;
  height: number;
  /** Factor of the wall: every size is multiplied by it. */
  k: number;
  /** No motion at all where the reader asked for none. */
  still: boolean;
}

/** Strips one under another over one time axis, each with its own axis, name and unit. */
export function stripsOption(
  { labels, strips, breaks }: StripsModel,
  { width, height, k, still }: Box,
): EChartsCoreOption {
  const total = strips.reduce((sum, { weight }) => sum + weight, 0) || 1;
  // Room for words, which stop shrinking before everything else does.
  const t = textSize(12, k) / 12;
  const room = Math.max(0, height - (TOP + BOTTOM + GAP * (strips.length - 1)) * t);
  let top = TOP * t;
  const places = strips.map(({ weight }) => {
    const place = { top, height: (room * weight) / total };
    top += place.height + GAP * t;
    return place;
  });
  const lastIndex = strips.length - 1;
  const axisText = { color: TEXT.faint, fontSize: textSize(13, k), fontFamily: DIGITS_FONT };
  return {
    animation: !still,
    animationDuration: 400,
    animationDurationUpdate: 300,
    textStyle: { fontFamily: TEXT_FONT },
    tooltip: {
      trigger: 'axis',
      backgroundColor: '#16304c',
      borderColor: 'rgba(150,186,222,0.3)',
      padding: [6 * k, 10 * k],
      textStyle: { color: TEXT.strong, fontSize: textSize(13, k) },
      axisPointer: { type: 'line', lineStyle: { color: 'rgba(196,236,255,0.4)' } },
      formatter: (items: unknown) => tooltipText(items, { labels, strips, breaks }),
    },
    axisPointer: { link: [{ xAxisIndex: 'all' }] },
    grid: places.map((place) => ({ left: LEFT * t, right: RIGHT * t, ...place })),
    xAxis: strips.map((_, index) => ({
      type: 'category',
      gridIndex: index,
      data: labels,
      axisLine: { lineStyle: { color: GRID_LINE } },
      axisTick: { show: false },
      axisLabel: { ...axisText, show: index === lastIndex, hideOverlap: true },
    })),
    yAxis: strips.map((strip, index) => ({
      type: 'value',
      gridIndex: index,
      min: strip.low,
      max: strip.high,
      splitNumber: strip.weight >= 1 ? 4 : 2,
      name: strip.unit ? `${strip.name}(${strip.unit})` : strip.name,
      nameLocation: 'end',
      nameGap: 10 * t,
      nameTextStyle: {
        color: TEXT.normal,
        fontSize: textSize(12, k),
        align: 'left',
        padding: [0, 0, 0, -(LEFT - 6) * t],
      },
      axisLabel: { ...axisText },
      splitLine: { lineStyle: { color: GRID_LINE } },
    })),
    series: strips.map((strip, index) => stripSeries(strip, index, k)),
    graphic: breaks.flatMap(({ strip, at }) => {
      const place = places[strip];
      const x = LEFT * t + ((width - (LEFT + RIGHT) * t) * at) / labels.length;
      return place ? [breakMark(x, place, k)] : [];
    }),
  };
}

/** A dashed line between two periods of a strip, with its words at the top. */
function breakMark(x: number, { top, height }: { top: number; height: number }, k: number): object {
  return {
    type: 'group',
    silent: true,
    children: [
      {
        type: 'line',
        shape: { x1: x, y1: top - 6 * k, x2: x, y2: top + height },
        style: { stroke: ATTENTION, lineWidth: 1.5 * k, lineDash: [4 * k, 4 * k] },
      },
      {
        type: 'text',
        style: {
          text: '口径可能不同',
          x: x - 4 * k,
          y: top - 1.5 * textSize(12, k),
          align: 'right',
          fill: ATTENTION,
          fontSize: textSize(12, k),
          fontFamily: TEXT_FONT,
        },
      },
    ],
  };
}

function stripSeries(strip: Strip, index: number, k: number): object {
  const colour = SERIES[index % SERIES.length];
  const common = { name: strip.name, xAxisIndex: index, yAxisIndex: index };
  if (strip.mark === 'bar') {
    return {
      ...common,
      type: 'bar',
      barMaxWidth: 34 * k,
      data: strip.values.map((value, at) => ({
        value,
        itemStyle: {
          ...(strip.provisional[at] || strip.partial[at]
            ? { color: 'rgba(79,179,232,0.42)', borderColor: '#4fb3e8', borderWidth: 1, borderType: 'dashed' }
            : { color: 'rgba(79,179,232,0.78)' }),
          ...(strip.unverified[at] && { borderColor: ATTENTION, borderWidth: 2 * k }),
        },
      })),
    };
  }
  return {
    ...common,
    type: 'line',
    // A gap stays a gap.
    connectNulls: false,
    data: strip.values.map((value, at) => ({
      value,
      symbolSize: dotSize(strip, at) * k,
      ...(strip.partial[at] && { itemStyle: { color: GROUND, borderColor: colour, borderWidth: 2 * k } }),
      ...(strip.unverified[at] && { itemStyle: { borderColor: ATTENTION, borderWidth: 2 * k } }),
    })),
    symbol: 'circle',
    showSymbol: true,
    lineStyle: { width: 2 * k, color: colour },
    itemStyle: { color: colour },
    label: {
      show: strip.values.length <= 10,
      position: 'top',
      color: TEXT.strong,
      fontSize: textSize(13, k),
      fontFamily: DIGITS_FONT,
      formatter: ({ dataIndex }: { dataIndex: number }) => (strip.texts[dataIndex] ?? '').replace(/^\+/, ''),
    },
    markLine:
      strip.low < 0
        ? {
            silent: true,
            symbol: 'none',
            label: { show: false },
            lineStyle: { color: 'rgba(169,188,208,0.5)', type: 'solid', width: 1 },
            data: [{ yAxis: 0 }],
          }
        : undefined,
  };
}

/** What lacks something is a ring, however many points there are. */
function dotSize({ values, partial }: Strip, at: number): number {
  if (partial[at] || values.length <= DOTTED_UP_TO) return 6;
  return values[at - 1] == null && values[at + 1] == null ? 4 : 0;
}

function tooltipText(items: unknown, { labels, strips, breaks }: StripsModel): string {
  const first: unknown = Array.isArray(items) ? items[0] : items;
  if (typeof first !== 'object' || first === null || !('dataIndex' in first)) return '';
  const at = Number(first.dataIndex);
  const lines = strips.map((strip) => {
    const unit = strip.unit && strip.unit !== '%' ? ` ${strip.unit}` : '';
    const notes = [
      strip.mark === 'bar' && strip.provisional[at] && '未定案',
      strip.partial[at] && '不完整',
      strip.unverified[at] && '待核',
    ];
    const note = notes.filter(Boolean).join(',');
    return `${strip.name} ${strip.texts[at] ?? '—'}${unit}${note && `(${note})`}`;
  });
  const notes = breaks.filter((one) => one.at === at).map(({ note }) => note);
  return [labels[at] ?? '', ...lines, ...notes].join('<br/>');
}
