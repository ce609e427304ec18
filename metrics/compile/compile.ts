import { compileAir } from './air/compile';
import { compileLayers } from './layers/compile';
import { compileRows, compileStocks } from './rows/compile';
import { resolveRows } from './rows/select';
import { domainWithin, finishStatement } from './scope';
import type { CompiledPlan, CompileInput, DraftLayers, Refusal } from './types';

/**
 * Everything that changes when rows of `window` change, layer by layer; one pass over the rows for all metrics that are
 * placed by the same time. Pure and deterministic: equal input, equal SQL, in whatever order the definitions come.
 */
export function compileDataset(given: CompileInput): CompiledPlan {
  const refusals: Refusal[] = [];
  const refuse = (refusal: Refusal) => refusals.push(refusal);
  const input: CompileInput = { ...given, definitions: ownDefinitions(given, refuse) };
  const layers: DraftLayers = { early: [], first: [], second: [], last: [] };
  const rows = resolveRows(input, refuse);
  if (input.window) {
    compileRows(input, input.window, rows.flows, layers);
    compileAir(input, input.window, layers, refuse);
    compileLayers(input, input.window, layers, refuse);
  }
  if (input.stockWindow) compileStocks(input, input.stockWindow, rows, layers);
  const drafts = [layers.early, layers.first, layers.second, layers.last].filter((layer) => layer.length > 0);
  return {
    layers: drafts.map((layer) => layer.map((draft) => finishStatement(draft, input.scope))),
    earlyLayers: layers.early.length > 0 ? 1 : 0,
    refusals,
  };
}

/** In order of code, without those of foreign domains. */
function ownDefinitions({ definitions, scope }: CompileInput, refuse: (refusal: Refusal) => void) {
  const sorted = [...definitions].sort((a, b) => (a.definition.code < b.definition.code ? -1 : 1));
  return sorted.filter(({ definition: { code, domain } }) => {
    if (domainWithin(scope, domain)) return true;
    refuse({ metric: code, code: 'out_of_scope', message: `领域 ${domain} 不在数据范围内` });
    return false;
  });
}
