import { derivationRules } from '@/metrics/derive/rules';
import { type Speakers, speakersOf } from '@/metrics/derive/speakers';
import { countedDefinitions, type Registry } from '@/server/catalogue/registry';
import { REGIONS } from './regions';

const known = new WeakMap<Registry, readonly Speakers[]>();

/** How the cells of each metric follow from others, operands first. A registry never changes: its rules are made once. */
export function derivationsOf(registry: Registry): readonly Speakers[] {
  let speakers = known.get(registry);
  if (!speakers) {
    speakers = speakersOf(derivationRules(countedDefinitions(registry), REGIONS));
    known.set(registry, speakers);
  }
  return speakers;
}
