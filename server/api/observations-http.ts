import { z } from 'zod';
import { attachment } from '@/server/api/attachment';
import { conditional, parameters } from '@/server/api/http';
import type { Context } from '@/server/context';
import { exportObservations } from '@/server/services/observations/export';
import { publicObservation } from '@/server/services/observations/present';
import { observationQuery, queryObservations } from '@/server/services/observations/query';

const LISTS = ['metric', 'region', 'freq', 'basis', 'measure', 'slice'];
const SINGLE = ['from', 'to', 'asOf', 'vintages', 'last', 'limit', 'format', 'bom', 'labels'];

/** A comma may be part of a slice's value; before the next `dim=` it separates, because `=` is encoded inside values. */
const SEPARATORS = { slice: /,(?=[a-z][a-z0-9_]*=)/ };

const form = z.object({
  format: z.enum(['json', 'csv'], { error: 'format 应为 json 或 csv' }).default('json'),
  bom: z.enum(['yes', 'no'], { error: 'bom 应为 yes 或 no' }).default('no'),
  labels: z.enum(['id', 'name'], { error: 'labels 应为 id 或 name' }).default('id'),
});

/** `GET /api/v1/observations`: the parameters as in {@link observationQuery}, lists separated by commas. */
export async function observationsResponse(ctx: Context, request: Request): Promise<Response> {
  const given = parameters(request, SINGLE, LISTS, SEPARATORS);
  const { format, bom, labels } = form.parse(given);
  const slice = given.slice?.toString() === 'all' ? 'all' : given.slice;
  const query = observationQuery.parse({ ...given, metric: given.metric ?? [], slice });
  return conditional(request, ctx, async () => {
    if (format === 'csv') {
      const file = await exportObservations(ctx, query, { bom: bom === 'yes', labels });
      return new Response(file.text, {
        headers: {
          'content-type': 'text/csv; charset=utf-8',
          'content-disposition': attachment(file.name),
        },
      });
    }
    const { dataVersion, metrics, observations } = await queryObservations(ctx, query);
    const units = new Map(metrics.map(({ code, unit }) => [code, unit]));
    return Response.json({
      dataVersion,
      metrics,
      observations: observations.map((o) => publicObservation(o, units.get(o.metric) ?? '')),
    });
  });
}
