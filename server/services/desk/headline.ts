import type { ChangeUnit } from '@/metrics/format/change';
import { UNVERIFIED_ZH } from '@/metrics/model/unverified';
import type { Working } from '@/metrics/workings/working';
import { notesOf } from '@/server/services/screens/change';
import type { ChangeFigure } from '@/server/services/screens/types';

const HEADLINE: Readonly<Record<string, ChangeFigure['label']>> = {
  yoy: '同比',
  mom: '环比',
  week: '较上周',
  above_nation_pp: '比全国',
};

/** The changes that stand beside the number: the same workings that the page lists below, in short. */
export function headlineChanges(workings: readonly Working[]): ChangeFigure[] {
  return workings.flatMap(
    ({ key, label: own, value, text, unit, tone, basis, reason, rule, operands, flags }): ChangeFigure[] => {
      // 环比 of a day is called what it is.
      const label = own === '较前一日' ? own : HEADLINE[key];
      if (label === undefined) return [];
      const published = basis === 'published';
      const unverified = flags.flatMap(({ flag, words }) =>
        Object.hasOwn(UNVERIFIED_ZH, flag) ? [words] : [],
      );
      return [
        {
          label,
          value,
          text,
          unit: unit as ChangeUnit,
          tone,
          basis,
          rule:
            value === null
              ? wordsOf(text, reason)
              : published
                ? '发布'
                : `${rule.text}${notesOf(flags.map(({ flag }) => flag))}`,
          ...(unverified.length > 0 && { unverified: unverified.join(',') }),
          cell: published ? (operands.find(({ name }) => name === 'published')?.cell ?? null) : null,
        },
      ];
    },
  );
}

/** Words that stand for a number say more than why there is none. */
function wordsOf(text: string, reason: string | null): string {
  return text === '—' ? (reason ?? '') : text;
}
