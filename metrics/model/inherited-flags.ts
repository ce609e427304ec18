/** Flags of figures that are as true of what is made of them. */
export const INHERITED_FLAGS = [
  'demo',
  'partial',
  'nearly_whole',
  'running',
  'vintage_assumed',
  'weekday_calendar',
  'locf',
  'deduced',
  'inferred',
  'mixed_origin',
  'approximate',
  'basis_assumed',
  'confidence_medium',
  'confidence_low',
  'recalled',
] as const;
