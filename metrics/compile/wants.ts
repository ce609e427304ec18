import type { Freq } from '@/metrics/model/cell';
import type { CompileInput } from './types';

export function wants(input: Pick<CompileInput, 'freqs'>, freq: Freq): boolean {
  return input.freqs.includes(freq);
}
