import { isAppError } from '@/server/errors';
import type { PanelDefinition } from '@/server/services/screens/definition/model';
import { readCalendar } from '@/server/services/screens/panels/calendar';
import { readEvents } from '@/server/services/screens/panels/events';
import { readIndicators } from '@/server/services/screens/panels/indicators';
import { readMap } from '@/server/services/screens/panels/map';
import { readMatrix } from '@/server/services/screens/panels/matrix';
import { readRanking } from '@/server/services/screens/panels/ranking';
import { readShares } from '@/server/services/screens/panels/shares';
import { readLines, readTrend } from '@/server/services/screens/panels/trend';
import type { Reading } from '@/server/services/screens/reading';
import type { PanelDataOf, PanelKind, RegionRef, ScreenPanel } from '@/server/services/screens/types';

/** One panel, read or failed; it never rejects, so that one broken panel leaves the others standing. */
export async function readPanel(reading: Reading, panel: PanelDefinition): Promise<ScreenPanel> {
  const { id, kind, title } = panel;
  const asked = panel.follows === 'root' ? reading.root : reading.region;
  try {
    const { region, data } = await readWhereItIs(reading, panel, asked);
    const elsewhere = elsewhereOf(reading, panel, region);
    return { id, kind, title, region, elsewhere, result: { ok: true, data } } as ScreenPanel;
  } catch (error) {
    const known = isAppError(error);
    if (!known) reading.ctx.log.error({ panel: id, err: error }, 'panel failed');
    const words = known ? error.message : '读取失败,其他面板不受影响';
    const elsewhere = elsewhereOf(reading, panel, asked);
    return { id, kind, title, region: asked, elsewhere, result: { ok: false, error: words } };
  }
}

interface Read {
  region: RegionRef;
  data: PanelDataOf[PanelKind];
}

/** A panel that may stand for a higher region takes the lowest one of the path that has data. */
async function readWhereItIs(reading: Reading, panel: PanelDefinition, region: RegionRef): Promise<Read> {
  const above = panel.follows === 'nearest' ? reading.path.toReversed() : [];
  for (const candidate of above) {
    try {
      return { region: candidate, data: await readData(reading, panel, candidate) };
    } catch (error) {
      if (!isAppError(error) || error.code !== 'not_found') throw error;
    }
  }
  return { region, data: await readData(reading, panel, region) };
}

function elsewhereOf(reading: Reading, { follows }: PanelDefinition, shown: RegionRef): string | null {
  if (shown.code === reading.region.code) return null;
  return follows === 'root'
    ? `本栏不随下钻,仍是${shown.name}的数`
    : `${reading.region.name}没有本栏的数据,此处为${shown.name}`;
}

function readData(
  reading: Reading,
  panel: PanelDefinition,
  region: RegionRef,
): Promise<PanelDataOf[PanelKind]> {
  switch (panel.kind) {
    case 'indicators':
    case 'pulse':
      return readIndicators(reading, region, panel.choices);
    case 'map':
      return readMap(reading, panel.choices);
    case 'trend':
      return readTrend(reading, region, panel);
    case 'lines':
      return readLines(reading, region, panel);
    case 'shares':
      return readShares(reading, region, panel);
    case 'ranking':
      return readRanking(reading, panel.choices);
    case 'calendar':
      return readCalendar(reading, region, panel);
    case 'matrix':
      return readMatrix(reading, panel);
    case 'events':
      return readEvents(reading, panel);
  }
}
