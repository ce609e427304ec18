import type { LoadResult } from '@/server/services/loads/types';

/** The door refused or failed; a refused file has a failed load that says more. */
export class UploadError extends Error {
  readonly place: string | null;
  readonly loadId: string | null;

  constructor(message: string, place: string | null = null, loadId: string | null = null) {
    super(message);
    this.name = 'UploadError';
    this.place = place;
    this.loadId = loadId;
  }
}

export interface UploadRequest {
  dataset: string;
  file: File;
  mapping?: File;
  /** Load whose rejected rows this file mends. */
  mendsLoadId?: string;
}

/** Sends a file to ingestion. @throws UploadError */
export async function uploadFile({
  dataset,
  file,
  mapping,
  mendsLoadId,
}: UploadRequest): Promise<LoadResult> {
  const form = new FormData();
  // Fields before the file: the door may begin to read the file before the form has ended.
  if (mendsLoadId) form.set('mends', mendsLoadId);
  if (mapping) form.set('mapping', mapping);
  form.set('file', file);
  let response: Response;
  try {
    response = await fetch(`/api/console/upload/${encodeURIComponent(dataset)}`, {
      method: 'POST',
      body: form,
    });
  } catch {
    throw new UploadError('连不上服务器,文件没有传完,请重试');
  }
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw errorOf(answer, response.status);
  return answer as LoadResult;
}

function errorOf(answer: unknown, status: number): UploadError {
  const error = member(answer, 'error');
  const message = member(error, 'message');
  const place = member(error, 'place');
  const loadId = member(member(error, 'details'), 'loadId') ?? member(error, 'loadId');
  return new UploadError(
    typeof message === 'string' ? message : `服务器答复 ${status}`,
    typeof place === 'string' ? place : null,
    typeof loadId === 'string' ? loadId : null,
  );
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
