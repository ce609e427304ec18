import type { ScreenDefinition } from '@/server/services/screens/definition/model';
import { PROVINCE_SCREEN } from '@/server/services/screens/definition/province';

/** The screens there are. */
export const SCREENS: readonly ScreenDefinition[] = [PROVINCE_SCREEN];
