import type { PanelDefinition } from '@/server/services/screens/definition/model';
import { elsewhereNote } from '@/server/services/screens/elsewhere';
import { figureOf, labelOf, unitText } from '@/server/services/screens/figure';
import { readableChoices } from '@/server/services/screens/panels/access';
import { commonPeriod } from '@/server/services/screens/panels/common-period';
import { nothingBelow } from '@/server/services/screens/panels/map';
import { definitionOf, type Reading } from '@/server/services/screens/reading';
import type { MatrixData } from '@/server/services/screens/types';

type MatrixDefinition = Extract<PanelDefinition, { kind: 'matrix' }>;

/** Regions by metrics, each column of the newest period that the regions have in common; empty columns are named. */
export async function readMatrix(reading: Reading, panel: MatrixDefinition): Promise<MatrixData> {
  const { pool, asOfMs, children, compared, path } = reading;
  const choices = readableChoices(reading, panel.choices);
  const observations = await pool.read({
    metrics: choices.map(({ metric }) => metric),
    regions: children.map(({ code }) => code),
    freq: [panel.freq],
    measure: ['level'],
  });
  const all = choices.map((choice) => {
    const definition = definitionOf(reading, choice.metric);
    const current = commonPeriod(
      observations,
      { ...choice, freq: [panel.freq] },
      definition,
      children.length,
    );
    return { choice, definition, current };
  });
  const known = await pool.read({
    metrics: choices.map(({ metric }) => metric),
    regions: children.map(({ code }) => code),
  });
  const moment = { ...reading, known };
  const columns = all.filter(({ current }) => current.size > 0);
  const empty = all.filter(({ current }) => current.size === 0);
  const [example] = empty;
  const [child] = children;
  const first = columns.flatMap(({ current }) => [...current.values()])[0];
  const rows = (columns.length > 0 ? children : []).map((region) => ({
    region,
    figures: columns.map(({ choice, definition, current }) =>
      figureOf(definition, region.code, current.get(region.code), moment, choice.name),
    ),
  }));
  return {
    columns: columns.map(({ choice, definition }) => ({
      key: choice.metric,
      name: choice.name ?? definition.name,
      unit: unitText(definition.unit),
    })),
    rows,
    periodLabel: first ? labelOf(definitionOf(reading, first.metric), first, asOfMs) : '',
    lacking:
      empty.length > 0 && columns.length > 0
        ? `没有数据:${empty.map(({ choice, definition }) => choice.name ?? definition.name).join('、')}`
        : null,
    note: !child
      ? nothingBelow(compared)
      : columns.length === 0 && example
        ? await elsewhereNote(
            reading,
            child.level,
            { ...example.choice, freq: [panel.freq] },
            path.slice(0, path.indexOf(compared) + 1),
          )
        : null,
    demo: rows.some(({ figures }) => figures.some((figure) => figure.demo)),
  };
}
