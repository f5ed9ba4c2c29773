import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What every process and every folder of this run of the suite carries: the caretaker finds it by it. */
export const runMark = randomBytes(6).toString('hex');

/** In the environment of a subject, so that what it starts can be found, whoever its parent is. */
export function environmentMark(mark: string): string {
  return `STDIO_BUS_KIT_RUN=${mark}`;
}

/** What the folders of a run begin with. */
export function folderPrefix(mark: string): string {
  return join(tmpdir(), `conform-${mark}-`);
}

/** A new folder of this run. */
export function makeRunFolder(): string {
  return mkdtempSync(folderPrefix(runMark));
}
