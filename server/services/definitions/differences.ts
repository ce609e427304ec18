import type { MetricDefinition } from '@/metrics/model/definition';
import { canonicalJson } from '@/metrics/model/hash';
import { memberWords } from '@/server/services/definitions/member-words';

/** A member in which two definitions differ, in words; null where one has no such member. */
export interface MemberDifference {
  member: string;
  before: string | null;
  after: string | null;
}

export function differencesOf(
  before: MetricDefinition,
  after: MetricDefinition,
  nameOf: (code: string) => string,
): MemberDifference[] {
  const [earlier, later] = [wordedOf(before, nameOf), wordedOf(after, nameOf)];
  return [...new Set([...earlier.keys(), ...later.keys()])].flatMap((member) => {
    const [a, b] = [earlier.get(member), later.get(member)];
    if (a?.json === b?.json) return [];
    return [{ member, before: a?.words ?? null, after: b?.words ?? null }];
  });
}

/** Each member that a definition has: what is compared, and its words. */
function wordedOf(d: MetricDefinition, nameOf: (code: string) => string) {
  const words = new Map(Object.entries(memberWords(d, nameOf)));
  return new Map(
    Object.entries(d).map(([member, value]) => [
      member,
      { json: canonicalJson([value]), words: words.get(member) },
    ]),
  );
}
