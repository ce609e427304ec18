/**
 * Counted up by a change of the engine's own rules (compiler, named functions, tables of standards) that makes other
 * cells of the same rows and definitions: the next start computes all of the dataset once more in the background. A
 * change of a definition needs no number; it is seen by itself. Datasets that are not named here are at 1.
 */
const RULES_VERSIONS: Readonly<Record<string, number>> = {
  // 2: 累计 of counted days on invalid days, cities without a valid day, published concentrations in every edition. 3: a running
  // year out of few days is `partial`; the index under another edition says where it is of two origins. 4: 累计 by month goes on as
  // far as the air is known. 5: days without sand.
  air_quality_hour: 5,
  // 2: days of the units that are judged by county and kind; the province out of too few counties is `partial`. 3: longer
  // stretches are made of what publishers give of their parts, too. 4: rates by the month lack the days that counts lack. 5: what a
  // deadline or a closing places lacks what came before the first row. 6: sums of the province lack each county, rates of nearly all
  // of them say so; stocks of the province lack counties as those of cities do. 7: a month in which nothing was due has no rate and
  // is no lack.
  hotline_ticket: 7,
  // 2: as above. 3: days without a baseline have no number of signals. 4–6: as hotline_ticket 3–5;
  // nor are days before the first report a baseline. 7, 8: as hotline_ticket 6, 7.
  infectious_case: 8,
  // 2: the province out of too few counties is `partial`. 3: a move counts each time; a stock carries the marks of the one
  // it goes on from. 4: a stock ends where a month has no rows. 5: as hotline_ticket 6; a stock is `partial` past a month that
  // lacks counties. 6: the day that a newly published stock closes says that it was counted otherwise.
  market_entity_event: 6,
  // 2: as above. 3: what an item is when its deadline passes, and an assignment before what else happened in its second.
  // 4: an item reopened before its deadline is not done by it. 5, 6: as hotline_ticket. 7: as hotline_ticket 7, as far as the
  // register is known.
  supervise_task_event: 7,
  // 2: also, cases that were refused or taken back are not settled. 3: what is overdue, through the newest settlement.
  // 4–8: as hotline_ticket 3–7.
  service_case: 8,
  // 2: means rounded before they are judged, automatic values before samples by hand, pH by its ions, cyanide and metals first.
  water_quality_sample: 2,
};

/** What a dataset was computed by before its number was remembered. */
export const FIRST_RULES = 1;

export function rulesOf(dataset: string): number {
  return RULES_VERSIONS[dataset] ?? FIRST_RULES;
}

export const NUMBERED_DATASETS = Object.keys(RULES_VERSIONS);
