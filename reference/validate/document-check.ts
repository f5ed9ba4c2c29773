import type { Definition, Definitions } from '../../schemas/definition.ts';
import { listProblems, type Problem, type ProblemList } from '../../schemas/problem.ts';
import { busConfigName, listConfigProblems } from '../bus/config-problem.ts';
import type { DocumentFormat } from './document.ts';
import { placeless } from './input-problem.ts';
import { readJson } from './json-document.ts';
import { positionsOf } from './position.ts';
import type { ProblemReport } from './problem-report.ts';
import { readYaml } from './yaml-document.ts';

export interface DocumentCheckOptions {
  readonly file: string;
  readonly format: DocumentFormat;
  readonly definitions: Definitions;
  readonly definition: Definition;
}

/** Checks a file that is one JSON or YAML document, and reports its problems in order of place. */
export function checkDocument(
  bytes: Buffer,
  { file, format, definitions, definition }: DocumentCheckOptions,
  report: ProblemReport,
): void {
  const document = format === 'json' ? readJson(bytes) : readYaml(bytes);
  if ('offset' in document) {
    const [position] = positionsOf(bytes, [document.offset]);
    if (position) report.add({ file, ...position, pointer: '', problem: document.problem });
    return;
  }
  const { problems, count } = problemsOf(definitions, definition, document.value, report.wanted);
  const places = document.placesOf(problems.map(({ pointer }) => pointer));
  const offsetOf = ({ pointer, isAboutName }: Problem) =>
    places.get(pointer)?.[isAboutName ? 'name' : 'value'] ?? 0;
  const placed = problems
    .map((problem) => ({ problem, offset: offsetOf(problem) }))
    .sort((a, b) => a.offset - b.offset);
  const positions = positionsOf(
    bytes,
    placed.map(({ offset }) => offset),
  );
  for (const { problem } of placed) {
    const position = positions.next().value;
    if (position) report.add({ file, ...position, ...placeless(problem) });
  }
  report.addCount(count - problems.length);
}

function problemsOf(
  definitions: Definitions,
  definition: Definition,
  value: unknown,
  maxProblems: number,
): ProblemList {
  return definition.name === busConfigName
    ? listConfigProblems(definitions, value, maxProblems)
    : listProblems(definitions, definition, value, maxProblems);
}
