export const ALL = 'all';

export interface DefinitionFilter {
  text: string;
  domain: string;
  kind: string;
  state: string;
}

interface Filterable {
  code: string;
  name: string;
  nameEn: string;
  owner: string;
  domain: string;
  kind: string;
  state: string;
}

/** Exact code or name first, then the order of the registry. */
export function matching<Row extends Filterable>(rows: readonly Row[], filter: DefinitionFilter): Row[] {
  const needle = filter.text.trim().toLowerCase();
  const found = rows.filter(
    (row) =>
      (filter.domain === ALL || row.domain === filter.domain) &&
      (filter.kind === ALL || row.kind === filter.kind) &&
      (filter.state === ALL || row.state === filter.state) &&
      (needle === '' ||
        [row.code, row.name, row.nameEn, row.owner].some((text) => text.toLowerCase().includes(needle))),
  );
  const isExact = (row: Row) => row.code === needle || row.name.toLowerCase() === needle;
  return [...found.filter(isExact), ...found.filter((row) => !isExact(row))];
}
