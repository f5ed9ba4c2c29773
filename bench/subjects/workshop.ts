import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killGroups } from './process-group.ts';

const signals = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** A temporary folder that goes, with all processes, however this process ends short of SIGKILL. */
export function createWorkshop(): string {
  const folder = mkdtempSync(join(tmpdir(), 'stdio-bus-bench-'));
  process.once('exit', () => {
    killGroups();
    rmSync(folder, { recursive: true, force: true });
  });
  for (const [signal, code] of Object.entries(signals)) {
    process.once(signal, () => process.exit(code));
  }
  return folder;
}
