/** On a canvas a face has no fallback but the one that is named: a kiosk may have no Chinese font of its own. */
export const TEXT_FONT = 'Noto Sans SC Variable, sans-serif';
export const DIGITS_FONT = `Barlow Condensed, ${TEXT_FONT}`;
