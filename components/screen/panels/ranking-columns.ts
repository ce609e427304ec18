import type { Ranking, RankingRow, RegionRef } from '@/server/services/screens/types';

interface Columns {
  rows: RankingRow[];
  ranks: boolean;
  lamps: boolean;
  changes: boolean;
}

/** What of a ranking has something to show: rows while most have a value, columns in which any row has one. */
export function rankingColumns({ rows, covered }: Ranking): Columns {
  const present = rows.filter(({ figure }) => figure.value !== null);
  return {
    rows: isSparse(rows.length, covered) ? present : rows,
    ranks: rows.some(({ rank }) => rank !== null),
    lamps: rows.some(({ figure: { lamp } }) => lamp && lamp.colour !== 'none' && lamp.colour !== 'unjudged'),
    changes: rows.some(({ change }) => change.value !== null),
  };
}

/** Why a row or a column is not there, and what is to be said of the places; null when there is nothing. */
export function rankingNote(ranking: Ranking, level: string): string | null {
  const { ranks, changes } = rankingColumns(ranking);
  const missing = ranking.rows.length - ranking.covered;
  const notes = [
    !ranks && ranking.rows.length > 1 && '不分好坏,只排序不排名',
    !changes && `同比缺:${commonest(ranking.rows.flatMap(changeReason)) ?? '没有可比的上年同期'}`,
    isSparse(ranking.rows.length, ranking.covered) && `其余 ${missing} 个${level}没有数据`,
    ranking.placesNote,
  ].filter(Boolean);
  return notes.length > 0 ? notes.join(';') : null;
}

/** 各市生产总值排名, 太原市各县(市、区)热线诉求排名. */
export function rankingTitle({ level, name }: RegionRef, ranking: Ranking): string {
  const order = ranking.rows.length > 0 && !rankingColumns(ranking).ranks ? '排序' : '排名';
  if (level === 'province') return `各市${ranking.name}${order}`;
  return level === 'city' ? `${name}各县(市、区)${ranking.name}${order}` : `${name}${ranking.name}`;
}

/** A list that is mostly dashes is no ranking. */
function isSparse(rows: number, covered: number): boolean {
  return covered * 2 < rows;
}

function changeReason({ figure, change }: RankingRow): string[] {
  return figure.value !== null && change.value === null && change.rule !== '' ? [change.rule] : [];
}

function commonest(words: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
