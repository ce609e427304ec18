/**
 * Units of official statistics as a factor and a product of base units: 亿元 is 10⁸ 元, μg/m³ is 10⁻⁶ 克/立方米.
 * Knowing both lets the checker refuse 亿元 + 万人 and notice a forgotten conversion.
 */
export interface Unit {
  /** Multiplies a number in this unit into base units. */
  factor: number;
  /** Base unit → exponent, without zeros. Percentages, scores, multiples and indices have none. */
  bases: Readonly<Record<string, number>>;
}

export const DIMENSIONLESS: Unit = { factor: 1, bases: {} };

const MULTIPLES: ReadonlyArray<readonly [string, number]> = [
  ['百万', 1e6],
  ['亿', 1e8],
  ['万', 1e4],
  ['千', 1e3],
  ['百', 1e2],
  ['10万', 1e5],
];

/** Countable things: each is a unit of its own in a sum, none matters in the unit of a ratio. */
const COUNTED = '人 人次 户 户次 件 件次 起 例 个 张 条 次 宗 组 辆 家'.split(' ');
const PLAIN = new Set([
  ...COUNTED,
  '元',
  '吨标准煤',
  '立方米',
  '千瓦',
  '千瓦时',
  '亩',
  '天',
  '小时',
  '分钟',
  '月',
  '工作日',
]);
const NAMED: Readonly<Record<string, Unit>> = {
  '%': { factor: 0.01, bases: {} },
  百分点: { factor: 0.01, bases: {} },
  无量纲: DIMENSIONLESS,
  倍: DIMENSIONLESS,
  指数: { factor: 1, bases: { 指数: 1 } },
  分: { factor: 1, bases: { 分: 1 } },
  '类(1-6)': { factor: 1, bases: { 类: 1 } },
  千克: { factor: 1e3, bases: { 克: 1 } },
  吨: { factor: 1e6, bases: { 克: 1 } },
  mg: { factor: 1e-3, bases: { 克: 1 } },
  μg: { factor: 1e-6, bases: { 克: 1 } },
  'm³': { factor: 1, bases: { 立方米: 1 } },
  1: DIMENSIONLESS,
  千瓦: { factor: 1, bases: { 千瓦: 1 } },
  千瓦时: { factor: 1, bases: { 千瓦时: 1 } },
};

/** Reads a unit; undefined when it is not known (an unknown unit is never called a clash). */
export function parseUnit(text: string): Unit | undefined {
  const whole = named(text);
  if (whole !== undefined) return whole;
  const [top = '', ...below] = text.split('/');
  let unit = product(top);
  for (const part of below) {
    const divisor = product(part);
    if (unit === undefined || divisor === undefined) return undefined;
    unit = divideUnits(unit, divisor);
  }
  return unit;
}

function product(text: string): Unit | undefined {
  return text.split('·').reduce<Unit | undefined>((unit, part) => {
    const next = single(part);
    return unit === undefined || next === undefined ? undefined : multiplyUnits(unit, next);
  }, DIMENSIONLESS);
}

function single(text: string): Unit | undefined {
  const whole = named(text);
  if (whole !== undefined) return whole;
  for (const [prefix, multiple] of MULTIPLES) {
    if (!text.startsWith(prefix)) continue;
    const rest = text.slice(prefix.length);
    const base = rest === '' ? DIMENSIONLESS : named(rest);
    if (base !== undefined) return { factor: base.factor * multiple, bases: base.bases };
  }
  return undefined;
}

function named(text: string): Unit | undefined {
  if (Object.hasOwn(NAMED, text)) return NAMED[text];
  return PLAIN.has(text) ? { factor: 1, bases: { [text]: 1 } } : undefined;
}

export function multiplyUnits(a: Unit, b: Unit): Unit {
  return { factor: a.factor * b.factor, bases: combine(a.bases, b.bases, 1) };
}

export function divideUnits(a: Unit, b: Unit): Unit {
  return { factor: a.factor / b.factor, bases: combine(a.bases, b.bases, -1) };
}

/** Whether two numbers may be added or compared as far as their kind goes. */
export function sameBases(a: Unit, b: Unit): boolean {
  return basesText(a.bases) === basesText(b.bases);
}

/** Whether a computed unit may be declared as another: countables are left out (户/人 may be shown as 户/千人 or 倍). */
export function compatibleBases(computed: Unit, declared: Unit): boolean {
  return basesText(withoutCounted(computed.bases)) === basesText(withoutCounted(declared.bases));
}

/** Whether two factors differ by more than arithmetic noise. */
export function sameFactor(a: Unit, b: Unit): boolean {
  return Math.abs(a.factor / b.factor - 1) < 1e-9;
}

/** Text for a message: `元/人`, `无量纲`. */
export function unitText(unit: Unit): string {
  const part = (sign: 1 | -1) =>
    Object.entries(unit.bases)
      .filter(([, exponent]) => Math.sign(exponent) === sign)
      .map(([base, exponent]) => (Math.abs(exponent) === 1 ? base : `${base}^${Math.abs(exponent)}`))
      .join('·');
  const top = part(1);
  const below = part(-1);
  if (top === '' && below === '') return '无量纲';
  return below === '' ? top : `${top || '1'}/${below}`;
}

function combine(a: Unit['bases'], b: Unit['bases'], sign: 1 | -1): Record<string, number> {
  const result: Record<string, number> = { ...a };
  for (const [base, exponent] of Object.entries(b)) {
    const sum = (result[base] ?? 0) + sign * exponent;
    if (sum === 0) delete result[base];
    else result[base] = sum;
  }
  return result;
}

function withoutCounted(bases: Unit['bases']): Record<string, number> {
  return Object.fromEntries(Object.entries(bases).filter(([base]) => !COUNTED.includes(base)));
}

function basesText(bases: Unit['bases']): string {
  return Object.entries(bases)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([base, exponent]) => `${base}${exponent}`)
    .join(' ');
}
