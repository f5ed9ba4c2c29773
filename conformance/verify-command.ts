import { type Command, exitCodes, parsedArgs, printable, UsageError } from '../command.ts';
import type { ConformanceReport } from '../schemas/generated/conformance-report.ts';
import { readCatalogue } from './catalogue/catalogue.ts';
import { conformExitCodes } from './exit-code.ts';
import { countOf, verdictSentence } from './report/verdict-sentence.ts';
import { verifyReportFile } from './verify/report-file.ts';

const help = `Tells whether a report of the conformance suite holds: for who is given one as a certificate.

Usage: stdio-bus-kit conform verify [OPTION …] REPORT

REPORT is the JSON of \`conform bus --report json=REPORT\`, or of \`conform worker\`. It holds where it keeps its schema, is of
the catalogue of this kit, has every requirement once, lacks no scenario that it claims, and where
what it says of requirements, its counts and its verdict follow from its scenarios. A report that
holds may say that a subject is not conformant, or be of a part of the suite: read what is printed.

Options:
  --conformant   also refuse a report of less than a complete run that ended conformant
  -h, --help     print this

Examples:
  stdio-bus-kit conform verify report.json
  stdio-bus-kit conform verify --conformant report.json && echo "as good as they say"

Exit codes: 0 the report holds, 1 it does not, with a line for each problem, 3 it cannot be read,
64 wrong usage, 74 the output cannot be written.
`;

/** The command \`conform verify\`. */
export const verifyCommand: Command = {
  help,
  run: async (args) => {
    const { positionals, values } = parsedArgs('conform verify', {
      args,
      options: { conformant: { type: 'boolean', default: false } },
    });
    const [file, surplus] = positionals;
    if (file === undefined) throw new UsageError('conform verify: which REPORT?');
    if (surplus !== undefined) throw new UsageError(`conform verify: "${surplus}" is too much`);
    const { allScenarios: scenarios } = await import('./scenarios/index.ts');
    const catalogue = readCatalogue();
    const verified = verifyReportFile(file, { catalogue, scenarios, nowMs: Date.now() });
    const { report } = verified;
    const problems = [
      ...verified.problems,
      ...(values.conformant && report !== undefined ? claimProblems(report) : []),
    ];
    if (problems.length === 0 && report !== undefined) {
      process.stdout.write(`the report holds: ${printable(verdictSentence(report))}\n`);
      return exitCodes.ok;
    }
    const lines = problems.map((problem) => `${printable(file)}: ${printable(problem)}\n`);
    process.stdout.write(
      `${lines.join('')}the report does not hold: ${countOf(lines.length, 'problem')}\n`,
    );
    return conformExitCodes.notConformant;
  },
};

function claimProblems({ verdict, selection }: ConformanceReport): string[] {
  return [
    ...(verdict === 'conformant' ? [] : [`the verdict is ${verdict}`]),
    ...(selection.complete ? [] : ['the run was not complete']),
  ];
}
