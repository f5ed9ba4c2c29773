import type { Scenario } from './scenarios/bench.ts';

export function helpFor(scenarios: readonly Scenario[]): string {
  return `Measures buses under load, side by side with a relay that parses nothing and the worker alone.

Usage: npm run bench:bus -- [OPTION …]

  --subject NAME=COMMAND  a bus; may be given again. {config} {host} {port} {socket} are filled in;
                          a command without them gets --config FILE --tcp HOST:PORT or --unix PATH.
                          Default: the reference daemon, dist/stdio-bus.js
  --only NAME             this scenario, or all that begin so; may be given again
  --quick                 short measurements, fewer sessions, connections and pending requests
  --rounds N              rounds in which the subjects take turns (default 5)
  --worker auto|c|node    the echo worker (default: in C where there is a compiler)
  --json FILE             every measurement, and the rows of the table
  --help                  this text

Scenarios:
${scenarios.map(({ name, summary }) => `  ${name.padEnd(18)} ${summary}`).join('\n')}

Examples:
  npm run bench:bus -- --quick
  npm run bench:bus -- --only round-trip --only payload
  npm run bench:bus -- --subject ours='node dist/stdio-bus.js' \\
    --subject theirs='./their_bus -c {config} -l {host}:{port}'

Exit codes: 0 measured, goals met or not; 1 a subject lost or doubled answers, died or did not
start; 64 wrong usage; 130 interrupted.
`;
}
