import { readFileSync } from 'node:fs';
import { printable } from '../../command.ts';
import type { HistoryRecord } from '../../schemas/generated/history.ts';
import { validateHistoryRecord } from '../../schemas/generated/history.validate.ts';
import { SetUpProblem, systemReason } from '../set-up-problem.ts';

/** Reads a history that was kept, a record a line. Throws SetUpProblem. */
export function readHistory(file: string): HistoryRecord[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new SetUpProblem(`cannot read ${printable(file)}: ${systemReason(error)}`);
  }
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line, index) => {
      const record = parsedRecord(line);
      if (validateHistoryRecord(record)) return record as HistoryRecord;
      throw new SetUpProblem(`${printable(file)}:${index + 1}: this is no record of a history`);
    });
}

function parsedRecord(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
