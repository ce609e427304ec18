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
import type { PanelResult, ScreenPanel } from '@/server/services/screens/types';

/** One panel, read or failed; it never rejects, so that one broken panel leaves the others standing. */
export async function readPanel(reading: Reading, panel: PanelDefinition): Promise<ScreenPanel> {
  const region = panel.follows === 'root' ? reading.root : reading.region;
  const common = { id: panel.id, title: panel.title, region };
  const guard = <Data>(read: () => Promise<Data>) => guarded(reading, panel.id, read);
  switch (panel.kind) {
    case 'indicators':
      return {
        ...common,
        kind: 'indicators',
        result: await guard(() => readIndicators(reading, region, panel.choices)),
      };
    case 'pulse':
      return {
        ...common,
        kind: 'pulse',
        result: await guard(() => readIndicators(reading, region, panel.choices)),
      };
    case 'map':
      return { ...common, kind: 'map', result: await guard(() => readMap(reading, panel.choices)) };
    case 'trend':
      return { ...common, kind: 'trend', result: await guard(() => readTrend(reading, region, panel)) };
    case 'lines':
      return { ...common, kind: 'lines', result: await guard(() => readLines(reading, region, panel)) };
    case 'shares':
      return { ...common, kind: 'shares', result: await guard(() => readShares(reading, region, panel)) };
    case 'ranking':
      return { ...common, kind: 'ranking', result: await guard(() => readRanking(reading, panel.choices)) };
    case 'calendar':
      return {
        ...common,
        kind: 'calendar',
        result: await guard(() => readCalendar(reading, region, panel)),
      };
    case 'matrix':
      return { ...common, kind: 'matrix', result: await guard(() => readMatrix(reading, panel)) };
    case 'events':
      return { ...common, kind: 'events', result: await guard(() => readEvents(reading, panel)) };
  }
}

async function guarded<Data>(
  { ctx }: Reading,
  panel: string,
  read: () => Promise<Data>,
): Promise<PanelResult<Data>> {
  try {
    return { ok: true, data: await read() };
  } catch (error) {
    if (isAppError(error)) return { ok: false, error: error.message };
    ctx.log.error({ panel, err: error }, 'panel failed');
    return { ok: false, error: '读取失败,其他面板不受影响' };
  }
}
