const PLACES: Readonly<Record<string, string>> = {
  dataset: '数据集',
  file: '文件',
  header: '表头',
  mapping: '列映射',
  mendsLoadId: '被修正的装载',
};

/** Where in an upload something is wrong; a column is called as the file calls it. */
export function placeZh(place: string): string {
  const [, row] = /^row (\d+)$/.exec(place) ?? [];
  return row === undefined ? (PLACES[place] ?? place) : `第 ${row} 行`;
}
