import type { RegionCode } from '@/metrics/model/cell';
import { knownRegion } from '@/metrics/regions/tree';

interface Props {
  code: RegionCode;
  hrefOf(code: RegionCode): string;
}

/** Links from an abolished unit to what it became; nothing for one that is in force. */
export function Successors({ code, hrefOf }: Props) {
  const became = (knownRegion(code)?.successors ?? []).flatMap((one) => knownRegion(one) ?? []);
  return became.map((region) => (
    <span key={region.code}>
      {' '}
      <a href={hrefOf(region.code)}>查看{region.name}</a>
    </span>
  ));
}
