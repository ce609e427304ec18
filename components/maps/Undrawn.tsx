import type { Scene } from '@/components/maps/layers/scene';
import { knownRegion } from '@/metrics/regions/tree';

/** Names of the regions shown before the rest is counted. */
const NAMED = 3;

/** How many regions the boundary file has no outline of: their numbers are in the table all the same. */
export function Undrawn({ scene }: { scene: Scene | null }) {
  const codes = scene?.undrawn ?? [];
  if (codes.length === 0) return null;
  const names = codes.slice(0, NAMED).map((code) => knownRegion(code)?.name ?? String(code));
  return (
    <>
      边界文件缺 {codes.length} 个地区({names.join('、')}
      {codes.length > NAMED && '等'}),数据见表 ·{' '}
    </>
  );
}
