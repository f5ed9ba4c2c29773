import { closeSync, readFileSync } from 'node:fs';
import type { BusConfig } from '../../schemas/generated/bus-config.ts';
import { validateBusConfig } from '../../schemas/generated/bus-config.validate.ts';
import type { SchemaError } from '../../schemas/validator.ts';
import { type ConfigProblem, referenceProblems } from './config-problem.ts';

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
};

/** Reads a configuration from a file, or from an open descriptor, which is closed then. CFG-2. */
export function readConfig(source: string | number): ConfigResult {
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
    return wholeFile(`is not JSON: ${(error as Error).message}`);
  }
  return checkConfig(value);
}

/** Everything that is wrong with a parsed configuration. Implements CFG-2. */
export function checkConfig(value: unknown): ConfigResult {
  if (!validateBusConfig(value)) {
    return { problems: (validateBusConfig.errors ?? []).flatMap(problemFromError) };
  }
  const problems = referenceProblems(value);
  return problems.length > 0 ? { problems } : { config: value };
}

function problemFromError(error: SchemaError): ConfigProblem[] {
  const { instancePath, keyword, params, message = keyword } = error;
  const member = (name: unknown) =>
    `${instancePath}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;
  switch (keyword) {
    case 'required':
      return [{ pointer: member(params.missingProperty), problem: 'is missing' }];
    case 'additionalProperties':
      return [{ pointer: member(params.additionalProperty), problem: 'unknown member' }];
    case 'propertyNames':
      return [{ pointer: member(params.propertyName), problem: 'no name for a variable' }];
    case 'enum':
    case 'pattern':
      return 'propertyName' in error ? [] : [{ pointer: instancePath, problem: message }];
    case 'not':
      return [{ pointer: instancePath, problem: 'a frame has a member of this name already' }];
    default:
      return [{ pointer: instancePath, problem: message }];
  }
}
