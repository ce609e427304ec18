import { type ImportFinding, isRecord } from '@/metrics/geo/import-finding';

export type MergedCollection = { ok: true; collection: unknown } | { ok: false; findings: ImportFinding[] };

/** Publishers often give one file a city: the features of all files together, in the order of the files. */
export function mergeCollections(files: readonly { name: string; text: string }[]): MergedCollection {
  const findings: ImportFinding[] = [];
  const features: unknown[] = [];
  let only: unknown;
  for (const { name, text } of files) {
    const parsed = parseJson(text);
    if (parsed === undefined) findings.push(problem(name, '不是 JSON,可能没有传完或不是 GeoJSON'));
    else if (files.length === 1) only = parsed;
    else if (isRecord(parsed) && parsed.type === 'FeatureCollection' && Array.isArray(parsed.features))
      features.push(...parsed.features);
    else findings.push(problem(name, '不是 GeoJSON FeatureCollection'));
  }
  if (findings.length > 0) return { ok: false, findings };
  return { ok: true, collection: only ?? { type: 'FeatureCollection', features } };
}

function parseJson(text: string): unknown {
  try {
    // A byte order mark is no JSON.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

function problem(file: string, reason: string): ImportFinding {
  return {
    severity: 'error',
    feature: null,
    property: file,
    reason: `${file}:${reason}`,
    proposal: '导出为 GeoJSON 要素集',
  };
}
