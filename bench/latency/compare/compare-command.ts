import { readFileSync } from 'node:fs';
import { type Command, exitCodes, parsedArgs, printable, UsageError } from '../../../command.ts';
import type { LatencyReport } from '../../../schemas/generated/latency-report.ts';
import { validateLatencyReport } from '../../../schemas/generated/latency-report.validate.ts';
import { reasonOf } from '../client/dial.ts';
import { durationText, metricTitles } from '../report/words.ts';
import { type ComparedMetric, comparisonOf, differencesOf } from './comparison.ts';

const help = `Compares two latency reports: ratios, with bootstrap confidence intervals.

Usage: stdio-bus-kit bench compare [--json] BEFORE.json AFTER.json

The reports are those of "bench latency --report json=FILE". They have to be of one machine, with the
same settings, arms and peers; if they are not, nothing is compared, and what differs is said.

A ratio is the median of AFTER over that of BEFORE (medians over the runs of each run's p50), with the
interval in which 95 of 100 such ratios lie when samples are drawn again within their runs. Where 1
lies inside, the reports do not tell the two apart.

  --json      an array with an object for each metric of each arm
  -h, --help  print this

Examples:
  stdio-bus-kit bench compare before.json after.json
  stdio-bus-kit bench compare --json before.json after.json

Exit codes: 0 compared, whatever came of it; 1 the reports cannot be compared; 64 wrong usage; 66 a
report cannot be read.
`;

/** `stdio-bus-kit bench compare`. */
export const compareCommand: Command = {
  help,
  run: async (args) => {
    const { positionals, values } = parsedArgs('bench compare', {
      args,
      options: { json: { type: 'boolean', default: false } },
    });
    const [beforeFile, afterFile, surplus] = positionals;
    if (beforeFile === undefined || afterFile === undefined || surplus !== undefined) {
      throw new UsageError('bench compare takes two reports: bench compare BEFORE.json AFTER.json');
    }
    const before = reportIn(beforeFile);
    const after = reportIn(afterFile);
    for (const report of [before, after]) {
      if (typeof report === 'string') return complaint(report, exitCodes.noInput);
    }
    return compared(before as LatencyReport, after as LatencyReport, values.json);
  },
};

function compared(before: LatencyReport, after: LatencyReport, isJson: boolean): number {
  const differences = differencesOf(before, after);
  if (differences.length > 0) {
    return complaint(`not comparable: ${differences.join('; ')}`, exitCodes.invalid);
  }
  const metrics = comparisonOf(before, after);
  process.stdout.write(isJson ? `${JSON.stringify(metrics, null, 1)}\n` : tableFrom(metrics));
  return exitCodes.ok;
}

/** The report, or what is wrong with the file. */
function reportIn(file: string): LatencyReport | string {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (validateLatencyReport(value)) return value;
    return `${file} is no latency report; stdio-bus-kit validate --schema latency-report says why`;
  } catch (error) {
    if (error instanceof SyntaxError) return `${file} is not JSON`;
    const { code } = error as NodeJS.ErrnoException;
    return `${file}: ${code === 'ENOENT' ? 'there is no such file' : reasonOf(error)}`;
  }
}

function tableFrom(metrics: readonly ComparedMetric[]): string {
  const rows = metrics.map(({ arm, metric, beforeUs, afterUs, interval }) => [
    arm,
    metricTitles[metric],
    durationText(beforeUs),
    durationText(afterUs),
    `${interval.ratio.toFixed(3)} (${interval.low.toFixed(3)}–${interval.high.toFixed(3)})`,
    interval.high < 1 ? 'faster' : interval.low > 1 ? 'slower' : 'no difference shown',
  ]);
  const all = [['arm', 'metric', 'before', 'after', 'ratio (95 %)', ''], ...rows];
  const widths = all[0]?.map((_, at) => Math.max(...all.map((row) => row[at]?.length ?? 0))) ?? [];
  const lines = all.map((row) =>
    row
      .map((cell, at) =>
        at === 2 || at === 3 ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}

function complaint(text: string, exitCode: number): number {
  process.stderr.write(`stdio-bus-kit: bench compare: ${printable(text, 2000)}\n`);
  return exitCode;
}
