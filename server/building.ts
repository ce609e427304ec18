/** `next build` runs pages in several workers; a store opened there would be locked or left behind. */
export function assertNotBuilding(): void {
  if (process.env.NEXT_PHASE === 'phase-production-build')
    throw new Error('no store may be opened during the build');
}
