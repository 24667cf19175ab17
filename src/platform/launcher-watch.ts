/**
 * Ends this process by SIGTERM, and so by its ordinary clean stop, once the launcher that started it is gone:
 * a launcher killed by SIGKILL must not leave a server behind. Does nothing without a launcher.
 */
export function stopWithLauncher(): void {
  const launcher = Number(process.env.MAINSTAY_LAUNCHER_PID ?? 0);
  // Programs started from here have another parent and must not take the launcher for theirs.
  delete process.env.MAINSTAY_LAUNCHER_PID;
  if (!launcher) return;
  const watch = setInterval(() => {
    if (process.ppid === launcher) return;
    clearInterval(watch);
    process.kill(process.pid, "SIGTERM");
  }, 500);
  watch.unref();
}
