import { setTimeout as pause } from 'node:timers/promises'

/** A moment on the machine's own steady clock, for measuring how long something took. */
export function stopwatch(): number {
  return performance.now()
}

/** Waits until so much time has passed since a stopwatch was started, if it has not yet. */
export async function pauseUntil(started: number, totalMs: number): Promise<void> {
  const leftMs = totalMs - (performance.now() - started)
  if (leftMs > 0) await pause(leftMs)
}
