import type { Stores } from '@/server/context';
import type { LetGo } from '@/server/db/locks';

/**
 * Computations of one installation take turns: two at once would compare with a state that the other changes. A
 * computation holds `WHOLE` from its beginning to its end, and `STEP` while it is at work: short ones that a wall waits
 * for take only `STEP`, whenever the long one lets go of it between two steps.
 */
const WHOLE = 'compute';
const STEP = 'compute step';

type Turns = Pick<Stores, 'locks'>;

/** The step under way of the one long computation of this process. */
const steps = new WeakMap<Turns['locks'], { letGo: LetGo }>();

/** Waits for the computations that came before, in this process and in others, then runs with none beside it. */
export function alone<T>({ locks }: Turns, work: () => Promise<T>): Promise<T> {
  return locks.hold(WHOLE, async () => {
    const step = { letGo: await locks.acquire(STEP) };
    steps.set(locks, step);
    try {
      return await work();
    } finally {
      steps.delete(locks);
      await step.letGo();
    }
  });
}

/** Runs at the next point at which the computation under way gives way, or at once when there is none. */
export function beforeOthers<T>({ locks }: Turns, work: () => Promise<T>): Promise<T> {
  return locks.hold(STEP, work);
}

/**
 * Lets the urgent computations run that wait. To be called by the one whose turn it is, between two steps: what it has
 * done is appended and what is left it will read anew.
 */
export async function giveWay({ locks }: Turns): Promise<void> {
  const step = steps.get(locks);
  if (!step) return;
  const { letGo } = step;
  step.letGo = async () => undefined;
  await letGo();
  step.letGo = await locks.acquire(STEP);
}
