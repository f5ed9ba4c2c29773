import { stringify } from 'yaml';
import type { Trial } from './try-worker.ts';

/** A first manifest, in YAML, with what its author can add to it as comments. */
export function manifestText({ subject, summary }: Trial): string {
  const { name, command, dialect = 'jsonrpc', handshake, profiles, probes } = subject;
  const known = { name, command };
  return [
    `# A worker, for: stdio-bus-kit conform worker --subject THIS_FILE\n# Found: ${summary}.\n`,
    yaml(known),
    '# version: "1.0"             # for reports',
    '# env: {LOG_LEVEL: warn}     # added to the environment of the suite',
    '# cwd: /srv/worker           # where it is started; default: where the suite is',
    '# timeScale: 2               # gives it twice the time for everything',
    profiles === undefined
      ? '# profiles: [worker]         # what it claims to keep: worker, process\n'
      : `# What it claims to keep.\n${yaml({ profiles })}`,
    '# jsonrpc is JSON-RPC 2.0; codex leaves out the member "jsonrpc".',
    yaml({ dialect }),
    handshake === undefined ? noHandshake : `${handshakeWords}\n${yaml({ handshake })}`,
    sessionComment,
    probes === undefined
      ? `${probesWords}\n${noProbes}`
      : `${probesWords}\n${yaml({ probes })}${moreProbes}`,
    '',
  ].join('\n');
}

function yaml(value: object): string {
  return stringify(value, { lineWidth: 100 });
}

const handshakeWords = `# What it is told first. per: process is once after its start, per: session once in each session. The
# suite sets id and sessionId, and waits for each answer.`;

const noHandshake = `${handshakeWords}
# handshake:
#   per: process
#   frames:
#     - {id: 0, method: initialize, params: {}}
#     - {method: initialized}
`;

const sessionComment = `# Where the worker itself names a session: the text at idPointer of the result stands for {session} in
# all later frames.
# session:
#   request: {method: thread/start, params: {}}
#   idPointer: /thread/id
`;

const probesWords = `# Requests that it knows. Each one lets more be judged; without them an unknown method is asked.`;

const moreProbes = `  # Takes a second or more: shows what becomes of it when the worker is asked to end.
  # slow: {method: wait, params: {ms: 1500}}
  # Causes at least one notification of its session.
  # notifying: {method: work, params: {}}
  # Is answered with an error.
  # failing: {method: fail, params: {}}
  # Takes large params: the suite puts them where {large} stands.
  # large: {method: echo, params: {text: "{large}"}}`;

const noProbes = `# probes:
  # Answered at once, with a result.
  # quick: {method: ping, params: {}}
${moreProbes}`;
