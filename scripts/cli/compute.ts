import { Command, InvalidArgumentError } from 'commander';
import { FREQUENCIES, type Freq } from '@/metrics/model/cell';
import { parsePeriod } from '@/metrics/time/parse-period';
import { nextPeriod } from '@/metrics/time/period';
import { showProgress, withHost } from './host';

interface ComputeOptions {
  dataset?: string;
  metric?: string[];
  freq?: Freq[];
  from?: { startMs: number };
  to?: { endMs: number };
}

/** A day, month or year as a stretch of time. */
function stretch(text: string): { startMs: number; endMs: number } {
  const period = parsePeriod(text);
  if (!period) throw new InvalidArgumentError('expected a day, month or year: 2026-11-23, 2026-11, 2026');
  return { startMs: period.startMs, endMs: nextPeriod(period.freq, period.startMs) };
}

function freqList(text: string): Freq[] {
  return text.split(',').map((part) => {
    const found = FREQUENCIES.find((freq) => freq === part.trim());
    if (!found) throw new InvalidArgumentError(`frequencies are ${FREQUENCIES.join(', ')}`);
    return found;
  });
}

export function computeCommand(): Command {
  return new Command('compute')
    .description('Compute metrics from the loaded rows: what waits, or a stretch of time again.')
    .option('--dataset <name>', 'only from this dataset')
    .option('--metric <codes>', 'only these metrics, comma-separated', (text: string) => text.split(','))
    .option('--freq <freqs>', 'only these frequencies, comma-separated (N, H, D, M, Q, A)', freqList)
    .option('--from <period>', 'from this day, month or year', stretch)
    .option('--to <period>', 'through this day, month or year', stretch)
    .addHelpText(
      'after',
      '\nComputing twice appends nothing twice.\n\nExamples:\n  npm run compute\n  npm run compute -- --dataset air_quality_hour --from 2026-10 --to 2026-11',
    )
    .action(async ({ dataset, metric, freq, from, to }: ComputeOptions) => {
      const done = await withHost(async (host) => {
        showProgress({ step: 'computing' });
        return host.call('compute', {
          dataset,
          metrics: metric,
          freqs: freq,
          fromMs: from?.startMs,
          toMs: to?.endMs,
        });
      });
      for (const { metric: code, message } of done.refusals) console.error(`${code}: ${message}`);
      console.log(
        done.datasets.length === 0 && done.derivedRows === 0
          ? 'nothing was waiting'
          : `${done.datasets.join(', ')}: ${done.rowsRead.toLocaleString('en')} rows read, ${done.rowsWritten.toLocaleString('en')} observations appended, ${done.derivedRows.toLocaleString('en')} derived from them, in ${(done.durationMs / 1000).toFixed(1)} s; run ${done.runId}`,
      );
    });
}
