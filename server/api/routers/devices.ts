import { z } from 'zod';
import { procedure, router } from '@/server/api/trpc';
import {
  createDevice,
  createDeviceInput,
  listDevices,
  revokeDevice,
} from '@/server/services/devices/devices';

export const devicesRouter = router({
  list: procedure.query(({ ctx }) => listDevices(ctx)),
  create: procedure.input(createDeviceInput).mutation(({ ctx, input }) => createDevice(ctx, input)),
  revoke: procedure
    .input(z.object({ id: z.string().min(1) }))
    .mutation(({ ctx, input }) => revokeDevice(ctx, input)),
});
