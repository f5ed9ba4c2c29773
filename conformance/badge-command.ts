import { writeFileSync } from 'node:fs';
import { type Command, exitCodes, parsedArgs, printable, UsageError } from '../command.ts';
import { badgeSvg } from './badge/badge.ts';
import { badgeTextFromReport } from './badge/badge-text.ts';
import { readCatalogue } from './catalogue/catalogue.ts';
import { SetUpProblem, systemReason } from './set-up-problem.ts';
import { readReport } from './verify/report-file.ts';

const help = `Makes a badge of a report: which profiles ran, and which part of them was seen to hold.

Usage: stdio-bus-kit conform badge REPORT [--output FILE]

The badge says no more than the report: what was left out, could not be judged or is known to fail
lowers its percentage. It does not check the report: \`conform verify\` does.

Options:
  --output FILE   where the SVG goes; default: standard output
  -h, --help      print this

Examples:
  stdio-bus-kit conform badge report.json > badge.svg
  stdio-bus-kit conform badge report.json --output docs/stdio_bus.svg

Exit codes: 0 made, 3 the report cannot be read or the badge not written, 64 wrong usage, 74 the
output cannot be written.
`;

/** The command \`conform badge\`. */
export const badgeCommand: Command = {
  help,
  run: async (args) => {
    const { positionals, values } = parsedArgs('conform badge', {
      args,
      options: { output: { type: 'string' } },
    });
    const [file, surplus] = positionals;
    if (file === undefined) throw new UsageError('conform badge: which REPORT?');
    if (surplus !== undefined) throw new UsageError(`conform badge: "${surplus}" is too much`);
    const report = readReport(file);
    const catalogue = readCatalogue();
    const svg = badgeSvg(badgeTextFromReport(report, (id) => catalogue.find(id)?.profile));
    if (values.output === undefined || values.output === '-') process.stdout.write(svg);
    else write(values.output, svg);
    return exitCodes.ok;
  },
};

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new SetUpProblem(`cannot write ${printable(file)}: ${systemReason(error)}`);
  }
}
