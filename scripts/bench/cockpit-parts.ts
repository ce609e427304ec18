/** Parts that need the whole cockpit, built and answering over HTTP. */
export const COCKPIT_PARTS = ['ingest', 'read', 'wall', 'push'] as const;
export type CockpitPart = (typeof COCKPIT_PARTS)[number];
