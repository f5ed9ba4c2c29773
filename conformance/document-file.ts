import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { parse } from 'yaml';
import { printable } from '../command.ts';
import { type Definition, Definitions } from '../schemas/definition.ts';
import { listProblems } from '../schemas/problem.ts';
import { SetUpProblem, systemReason } from './set-up-problem.ts';

/** A JSON or YAML file that keeps its schema, or what is wrong with it. */
export interface DocumentFile {
  /** Digest of the file's bytes. */
  readonly sha256: string;
  /** What the file says; valid where there are no problems. */
  readonly value: unknown;
  /** What the schema refuses, one line each. */
  readonly problems: readonly string[];
}

const maxDocumentBytes = 64 * 1024 * 1024;
const maxProblems = 100;

/** Whether a file's name says that it is YAML. */
export function isYamlName(file: string | URL): boolean {
  return /\.ya?ml$/i.test(String(file));
}

/**
 * Reads a document of a definition such as `baseline#Baseline`; YAML by the file's name, else JSON.
 * Throws SetUpProblem where the file cannot be read or is neither.
 */
export function readDocumentFile(file: string | URL, definitionName: string): DocumentFile {
  const bytes = readBytes(file);
  const value = parsedText(file, bytes.toString('utf8'));
  const definitions = new Definitions();
  const definition = definitions.find(definitionName) as Definition;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (definition.validate(value)) return { sha256, value, problems: [] };
  const { problems, count } = listProblems(definitions, definition, value, maxProblems);
  const lines = problems.map(({ pointer, problem }) =>
    printable(`${pointer === '' ? 'the document' : pointer}: ${problem}`),
  );
  const rest = count - lines.length;
  return { sha256, value, problems: rest > 0 ? [...lines, `and ${rest} more`] : lines };
}

/** The same, for a file that is of no use where it does not keep its schema: throws SetUpProblem. */
export function readValidDocumentFile(
  file: string | URL,
  definitionName: string,
): Pick<DocumentFile, 'sha256' | 'value'> {
  const { problems, ...document } = readDocumentFile(file, definitionName);
  if (problems.length === 0) return document;
  throw new SetUpProblem(problems.map((problem) => `${nameOf(file)}: ${problem}`).join('\n'));
}

function readBytes(file: string | URL): Buffer {
  try {
    if (statSync(file).size <= maxDocumentBytes) return readFileSync(file);
  } catch (error) {
    throw new SetUpProblem(`cannot read ${nameOf(file)}: ${systemReason(error)}`);
  }
  throw new SetUpProblem(`cannot read ${nameOf(file)}: it is longer than 64 MiB`);
}

function parsedText(file: string | URL, text: string): unknown {
  try {
    return isYamlName(file) ? parse(text) : JSON.parse(text);
  } catch (error) {
    const [reason = ''] = (error as Error).message.split('\n');
    const format = isYamlName(file) ? 'YAML' : 'JSON';
    throw new SetUpProblem(`${nameOf(file)} is not ${format}: ${printable(reason)}`);
  }
}

function nameOf(file: string | URL): string {
  return printable(file instanceof URL ? file.pathname : file);
}
