import { closeSync, readFileSync } from 'node:fs';
import type { BusConfig } from '../../schemas/generated/bus-config.ts';
import type { Position } from '../validate/position.ts';
import { type ConfigProblem, configProblems, isBusConfig } from './config-check.ts';

/** A configuration, or what is wrong with it. */
export type ConfigResult =
  | { readonly config: BusConfig }
  | { readonly problems: readonly ConfigProblem[] };

const wholeFile = (problem: string): ConfigResult => ({ problems: [{ pointer: '', problem }] });

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  EBADF: 'the descriptor is not open',
  EINVAL: 'it is no file and no pipe',
  ENOTDIR: 'there is no such file',
};

/** Reads a configuration from a file, or from an open descriptor, which is closed then. CFG-2. */
export async function readConfig(source: string | number): Promise<ConfigResult> {
  let text: Buffer;
  try {
    text = readFileSync(source);
    if (typeof source === 'number') closeSync(source);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    return wholeFile(`cannot be read: ${reasons[code] ?? code}`);
  }
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(text));
  } catch (error) {
    return wholeFile(`is not JSON: ${await syntaxProblem(text, error as Error)}`);
  }
  return isBusConfig(value) ? { config: value } : { problems: await configProblems(value) };
}

/** Where the text stops being JSON, and why, as `stdio-bus-kit validate` says it. */
async function syntaxProblem(text: Buffer, { message }: Error): Promise<string> {
  const [{ readJson }, { positionsOf }] = await Promise.all([
    import('../validate/json-document.ts'),
    import('../validate/position.ts'),
  ]);
  const document = readJson(text);
  if (!('offset' in document)) return message;
  const { line, column } = [...positionsOf(text, [document.offset])][0] as Position;
  return `line ${line}, column ${column}: ${document.problem}`;
}
