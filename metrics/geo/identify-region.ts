import type { RegionCode } from '@/metrics/model/cell';
import { resolveRegion } from '@/metrics/regions/resolve';
import { fullNameOf, knownRegion, levelOf } from '@/metrics/regions/tree';
import { type ImportFinding, isRecord } from './import-finding';

export interface Identified {
  code: RegionCode;
  /** Code or name as the file had it. */
  sourceText: string;
  /** The file named a former county; several of them may have become this one. */
  isFormer: boolean;
  findings: ImportFinding[];
}

/** Where publishers put the code, in the order we look; the GeoJSON feature id comes last. */
const CODE_PROPERTIES = ['adcode', 'code', 'id'] as const;

function present(value: unknown): value is string | number {
  return typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
}

/** The code or, without one, the name, and the property it came from. */
function keyOf(
  feature: Record<string, unknown>,
  properties: Record<string, unknown>,
): [string, string] | undefined {
  for (const property of CODE_PROPERTIES) {
    const value = properties[property];
    if (present(value)) return [property, String(value)];
  }
  if (present(feature.id)) return ['id', String(feature.id)];
  return present(properties.name) ? ['name', String(properties.name)] : undefined;
}

/** A name beside a code must mean the same place, or one of the two is wrong and the map would lie. */
function nameFinding(
  index: number,
  name: unknown,
  sourceCode: RegionCode,
  code: RegionCode,
): ImportFinding[] {
  if (!present(name)) return [];
  const text = String(name).trim();
  const accepted = [knownRegion(sourceCode), knownRegion(code)].flatMap((region) =>
    region ? [region.name, region.shortName, fullNameOf(region.code)] : [],
  );
  if (accepted.includes(text)) return [];
  const named = resolveRegion(text);
  if (named.ok && named.code === code) return [];
  const reason = `名称“${text}”与代码 ${sourceCode}(${fullNameOf(sourceCode)})不符`;
  return [
    { severity: 'error', feature: index, property: 'name', reason, proposal: '核对代码与名称后重新导出' },
  ];
}

/** Which county a feature draws; without a code the findings say why. City and province outlines are left out. */
export function identifyRegion(
  index: number,
  feature: Record<string, unknown>,
): Identified | ImportFinding[] {
  const properties = isRecord(feature.properties) ? feature.properties : {};
  const key = keyOf(feature, properties);
  if (!key) {
    const reason = '没有区划代码(adcode、code、id),也没有名称(name)';
    return [{ severity: 'error', feature: index, property: 'adcode', reason, proposal: '补上六位区划代码' }];
  }
  const [property, text] = key;
  const resolved = resolveRegion(text);
  if (!resolved.ok) {
    return [
      { severity: 'error', feature: index, property, reason: resolved.error, proposal: resolved.proposal },
    ];
  }
  const { code, note } = resolved;
  if (levelOf(code) !== 'county') {
    const reason = `${code} ${fullNameOf(code)}不是县级,未采用:市、省轮廓由县级边界合成`;
    return [{ severity: 'warning', feature: index, property, reason }];
  }
  const digits = Number(text.trim().slice(0, 6));
  const sourceCode = property !== 'name' && knownRegion(digits) ? digits : code;
  const findings = property === 'name' ? [] : nameFinding(index, properties.name, sourceCode, code);
  if (note) findings.push({ severity: 'warning', feature: index, property, reason: note });
  return {
    code,
    sourceText: text.trim(),
    isFormer: note !== undefined && (property === 'name' || sourceCode !== code),
    findings,
  };
}
