import type { RegionCode } from '@/metrics/model/cell';
import { childrenOf, fullNameOf, PROVINCE_CODE } from '@/metrics/regions/tree';
import { type BoundaryTopology, boundaryFeatures, polygonsOf, withOutlines } from './boundary-topology';
import { buildCountyTopology, type CountyOutline } from './build-topology';
import { type CoordinateSystem, readGeometry } from './check-geometry';
import { identifyRegion } from './identify-region';
import { type ImportFinding, isRecord } from './import-finding';
import { areaKm2 } from './measure';

export interface ImportOptions {
  /** Datum of the file's coordinates; GCJ-02 is converted. It cannot be told from the numbers. */
  crs: CoordinateSystem;
  /** 审图号, shown on the map: GS(2023)1234号, 晋S(2024)012号. null when the file has none. */
  approvalNumber: string | null;
  /** Who made the file, shown on the map. */
  sourceLine: string;
}

export type ImportResult =
  | {
      ok: true;
      topology: BoundaryTopology;
      /** What the map shows under the picture: source and 审图号, or that there is none. */
      sourceLine: string;
      /** Warnings only. */
      findings: ImportFinding[];
    }
  | { ok: false; findings: ImportFinding[] };

/** Published land area of Shanxi, and how far an outline may be from it before it is worth a word. */
const SHANXI_KM2 = 156_700;
const AREA_TOLERANCE = 0.02;
/** GS(2023)1234号 and the provinces' 晋S(2024)012号, half- or full-width brackets. */
const APPROVAL_NUMBER = /^(GS|\p{Script=Han}{1,2}S)\p{Script=Han}{0,2}[((]\d{4}[))]\d{1,6}号$/u;

interface Accepted extends CountyOutline {
  feature: number;
  sourceText: string;
  isFormer: boolean;
}

function whole(
  severity: ImportFinding['severity'],
  property: string,
  reason: string,
  proposal?: string,
): ImportFinding {
  return { severity, feature: null, property, reason, ...(proposal ? { proposal } : {}) };
}

function optionFindings({ approvalNumber, sourceLine }: ImportOptions): ImportFinding[] {
  const findings: ImportFinding[] = [];
  const number = approvalNumber?.trim() ?? '';
  if (number === '') {
    findings.push(
      whole('warning', 'approvalNumber', '没有审图号:地图上将注明“无审图号”', '公开使用须填写审图号'),
    );
  } else if (!APPROVAL_NUMBER.test(number)) {
    const reason = `审图号“${number}”不像 GS(2023)1234号 或 晋S(2024)012号`;
    findings.push(whole('warning', 'approvalNumber', reason, '核对审图号'));
  }
  if (sourceLine.trim() === '')
    findings.push(whole('error', 'sourceLine', '没有来源说明', '填写边界数据的来源'));
  return findings;
}

/** Two features of one code are a mistake, unless they are two former counties that were merged. */
function duplicateFindings(accepted: readonly Accepted[]): ImportFinding[] {
  const seen = new Map<RegionCode, Accepted[]>();
  const findings: ImportFinding[] = [];
  for (const own of accepted) {
    const earlier = seen.get(own.code) ?? [];
    const isMerger = [...earlier, own].every(({ isFormer }) => isFormer);
    const isRepeated = earlier.some(({ sourceText }) => sourceText === own.sourceText);
    if (earlier.length > 0 && (!isMerger || isRepeated)) {
      const reason = `代码 ${own.code}(${fullNameOf(own.code)})重复:第 ${earlier[0]?.feature} 个要素已是它`;
      findings.push({
        severity: 'error',
        feature: own.feature,
        property: 'adcode',
        reason,
        proposal: '只保留一个',
      });
    }
    seen.set(own.code, [...earlier, own]);
  }
  return findings;
}

/** One finding a city: 117 lines for a file of the wrong level would hide everything else. */
function missingFindings(named: ReadonlySet<RegionCode>): ImportFinding[] {
  return childrenOf(PROVINCE_CODE).flatMap((city) => {
    const missing = childrenOf(city.code).filter(({ code }) => !named.has(code));
    if (missing.length === 0) return [];
    const list = missing.map(({ code, name }) => `${code} ${name}`).join('、');
    return [
      whole('error', 'features', `${city.name}缺 ${missing.length} 个县(市、区):${list}`, '补全后重新导入'),
    ];
  });
}

function shapeFindings(
  topology: BoundaryTopology,
  gaps: { count: number; areaKm2: number },
): ImportFinding[] {
  const findings: ImportFinding[] = [];
  if (gaps.count > 0) {
    const reason = `相邻县界有 ${gaps.count} 处不重合,共 ${gaps.areaKm2.toFixed(2)} 平方千米;县界照原样,市、省轮廓已抹平`;
    findings.push(whole('warning', 'features', reason));
  }
  const area = areaKm2(boundaryFeatures(topology, 'county').flatMap(polygonsOf));
  if (Math.abs(area / SHANXI_KM2 - 1) > AREA_TOLERANCE) {
    const reason = `各县面积合计 ${Math.round(area)} 平方千米,公布的全省面积约 ${SHANXI_KM2} 平方千米`;
    findings.push(whole('warning', 'features', reason, '核对是否有重叠、缺块或坐标系选错'));
  }
  return findings;
}

/**
 * Turns an operator's boundary file into the map's topology. Pure: the caller reads the file and stores the result.
 * Counties are keyed by code; city and province outlines are dissolved from them. All findings come at once.
 *
 * @param collection parsed GeoJSON, a FeatureCollection of county polygons with `adcode`, `code`, `id` or `name`
 */
export function importBoundaries(collection: unknown, options: ImportOptions): ImportResult {
  const findings = optionFindings(options);
  const features =
    isRecord(collection) && collection.type === 'FeatureCollection' ? collection.features : undefined;
  if (!Array.isArray(features)) {
    const reason = '不是 GeoJSON FeatureCollection';
    return { ok: false, findings: [...findings, whole('error', 'type', reason, '导出为 GeoJSON 要素集')] };
  }
  const accepted: Accepted[] = [];
  const named = new Set<RegionCode>();
  for (const [index, own] of features.entries()) {
    const identified = identifyRegion(index, isRecord(own) ? own : {});
    if (Array.isArray(identified)) {
      findings.push(...identified);
      continue;
    }
    findings.push(...identified.findings);
    named.add(identified.code);
    const geometry = readGeometry(index, isRecord(own) ? own.geometry : undefined, options.crs);
    if (!geometry.ok) {
      findings.push(...geometry.findings);
      continue;
    }
    const { code, sourceText, isFormer } = identified;
    accepted.push({ feature: index, code, sourceText, isFormer, polygons: geometry.polygons });
  }
  findings.push(...duplicateFindings(accepted), ...missingFindings(named));
  if (findings.some(({ severity }) => severity === 'error')) return { ok: false, findings };
  const { topology, gaps } = withOutlines(buildCountyTopology(accepted));
  findings.push(...shapeFindings(topology, gaps));
  const number = options.approvalNumber?.trim();
  const sourceLine = `${options.sourceLine.trim()};${number ? `审图号:${number}` : '无审图号'}`;
  return { ok: true, topology, sourceLine, findings };
}
