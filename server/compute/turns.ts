import type { Stores } from '@/server/context';

type Turns = Pick<Stores, 'warehouse'>;

/** Computations of one warehouse in this process: two at once would compare with a state that the other changes. */
interface Line {
  last: Promise<unknown>;
  /** Short ones that a wall waits for. */
  urgent: (() => Promise<unknown>)[];
}

const lines = new WeakMap<object, Line>();

/** Waits for the computations of this process that came before, then runs with none beside it. */
export function alone<T>(stores: Turns, work: () => Promise<T>): Promise<T> {
  const line = lineOf(stores);
  const turn = line.last
    .catch(() => undefined)
    .then(async () => {
      await giveWay(stores);
      return work();
    });
  line.last = turn;
  return turn;
}

/** Runs at the next point at which the computation under way gives way, or at once when there is none. */
export function beforeOthers<T>(stores: Turns, work: () => Promise<T>): Promise<T> {
  const done = new Promise<T>((resolve, reject) => {
    lineOf(stores).urgent.push(() => work().then(resolve, reject));
  });
  // When nobody is at work nobody gives way: an empty turn does.
  alone(stores, async () => undefined).catch(() => undefined);
  return done;
}

/**
 * Lets urgent computations run now. To be called by the one whose turn it is, between two steps: what it has done is
 * appended and what is left it will read anew.
 */
export async function giveWay(stores: Turns): Promise<void> {
  const { urgent } = lineOf(stores);
  for (let next = urgent.shift(); next !== undefined; next = urgent.shift()) await next();
}

function lineOf({ warehouse }: Turns): Line {
  const known = lines.get(warehouse);
  if (known) return known;
  const made: Line = { last: Promise.resolve(), urgent: [] };
  lines.set(warehouse, made);
  return made;
}
