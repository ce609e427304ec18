import { Readable } from 'node:stream';
import { answerSignedIn } from '@/app/api/door';
import { AppError } from '@/server/errors';
import { parseMapping } from '@/server/ingest/mapping';
import { createLoad } from '@/server/services/loads/create';

export const dynamic = 'force-dynamic';

/** A form is held in memory while it is taken apart; larger files go by command or push. */
const MAX_FORM_BYTES = 128 * 1024 * 1024;

/**
 * Upload from the console, signed in by cookie (the door refuses foreign origins). Form fields: `file`; `mapping` (a
 * YAML or JSON file or text, optional); `mends` (load whose rejects are mended, optional).
 */
export async function POST(
  request: Request,
  { params }: { params: Promise<{ dataset: string }> },
): Promise<Response> {
  const { dataset } = await params;
  return answerSignedIn(request, async (ctx) => {
    if (Number(request.headers.get('content-length') ?? 0) > MAX_FORM_BYTES) throw tooLarge();
    const form = await formOf(request);
    const file = form.get('file');
    if (!(file instanceof File)) throw new AppError('bad_input', '没有选择文件', { place: 'file' });
    const mapping = form.get('mapping');
    const mappingText = mapping instanceof File ? await mapping.text() : mapping;
    const mends = form.get('mends');
    const result = await createLoad(ctx, {
      dataset,
      fileName: file.name || 'upload',
      origin: 'upload',
      provenance: 'real',
      mapping: mappingText ? parseMapping(mappingText) : undefined,
      mendsLoadId: typeof mends === 'string' && mends !== '' ? mends : undefined,
      bytes: Readable.from(chunksOf(file)),
    });
    return Response.json(result, { headers: { 'cache-control': 'no-store' } });
  });
}

/** The form, of which no more is taken than may be, also where its length is not said. */
async function formOf(request: Request): Promise<FormData> {
  let takenBytes = 0;
  const bounded = request.body?.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, controller) => {
        takenBytes += chunk.byteLength;
        if (takenBytes > MAX_FORM_BYTES) controller.error(tooLarge());
        else controller.enqueue(chunk);
      },
    }),
  );
  const headers = { 'content-type': request.headers.get('content-type') ?? '' };
  return new Response(bounded, { headers }).formData().catch((cause: unknown) => {
    if (takenBytes > MAX_FORM_BYTES) throw tooLarge();
    throw new AppError('bad_input', '上传中断或不是表单', { place: 'body', cause });
  });
}

function tooLarge(): AppError {
  return new AppError('too_large', '网页上传不超过 128 MB;更大的文件请用命令或推送接口', { place: 'file' });
}

async function* chunksOf(file: File): AsyncGenerator<Buffer> {
  const reader = file.stream().getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield Buffer.from(value);
  }
}
