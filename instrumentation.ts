/** Next calls this once, in the process that serves requests; never in the build. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { startOrExit } = await import('@/server/app');
    await startOrExit();
  }
}
