import { LineCounter, type Node, parseDocument } from 'yaml';
import type { Definition, Definitions } from '../../schemas/definition.ts';
import { findProblems } from '../../schemas/problem.ts';
import { createEnvelopeScanner } from '../envelope-scanner.ts';
import { offsetOfPointer } from '../json-pointer.ts';
import { scanFaults } from '../scan-fault.ts';
import type { InputProblem } from './input-problem.ts';

export type DocumentFormat = 'json' | 'yaml';

/** A document in memory, and how a place in it is named. */
interface ParsedDocument {
  readonly value: unknown;
  /** Offset in bytes of the value that a JSON pointer names. */
  readonly offsetOf: (pointer: string) => number;
}

/** What stands in the way of parsing. */
interface SyntaxProblem {
  readonly offset: number;
  readonly expected: string;
}

/** Checks a file that is one JSON or YAML document. */
export function documentProblems(
  bytes: Buffer,
  options: {
    readonly file: string;
    readonly format: DocumentFormat;
    readonly definitions: Definitions;
    readonly definition: Definition;
  },
): InputProblem[] {
  const { file, format, definitions, definition } = options;
  const document = format === 'json' ? parseJson(bytes) : parseYaml(bytes);
  if ('expected' in document) {
    return [{ file, ...placeOf(bytes, document.offset), pointer: '', expected: document.expected }];
  }
  return findProblems(definitions, definition, document.value).map((problem) => ({
    file,
    ...placeOf(bytes, document.offsetOf(problem.pointer)),
    ...problem,
  }));
}

function parseJson(bytes: Buffer): ParsedDocument | SyntaxProblem {
  const scanner = createEnvelopeScanner();
  const kind = scanner.scan(bytes, 0, bytes.length);
  if (kind === 'blank') return { offset: 0, expected: 'a JSON document: the input is empty' };
  const { fault, faultOffset, errorCode } = scanner;
  if (fault !== null && errorCode === -32700) {
    return { offset: faultOffset, expected: scanFaults[fault].message };
  }
  return {
    value: JSON.parse(bytes.toString()),
    offsetOf: (pointer) => offsetOfPointer(bytes, pointer),
  };
}

function parseYaml(bytes: Buffer): ParsedDocument | SyntaxProblem {
  const text = bytes.toString();
  const document = parseDocument(text, { lineCounter: new LineCounter(), prettyErrors: false });
  const byteOffset = (index: number) => Buffer.byteLength(text.slice(0, index));
  const [error] = document.errors;
  if (error) return { offset: byteOffset(error.pos[0]), expected: `YAML: ${error.message}` };
  if (document.contents === null) return { offset: 0, expected: 'a document: the input is empty' };
  return {
    value: document.toJS({ maxAliasCount: 100 }),
    offsetOf: (pointer) => {
      const steps = pointer.split('/').slice(1);
      for (let depth = steps.length; depth >= 0; depth--) {
        const node = document.getIn(steps.slice(0, depth), true) as Node | undefined;
        if (node?.range) return byteOffset(node.range[0]);
      }
      return 0;
    },
  };
}

function placeOf(bytes: Buffer, offset: number): Pick<InputProblem, 'line' | 'column' | 'byte'> {
  const before = bytes.subarray(0, offset);
  let line = 1;
  for (let at = before.indexOf(0x0a); at !== -1; at = before.indexOf(0x0a, at + 1)) line++;
  return { line, column: offset - before.lastIndexOf(0x0a), byte: offset };
}
