import { getApp } from '@/server/app';

export const dynamic = 'force-dynamic';

export async function GET() {
  const { runtime } = await getApp();
  return Response.json({ warehouse: runtime.stores.warehouse.version });
}
