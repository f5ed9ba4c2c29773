import { readFileSync } from 'node:fs';
import { type Command, exitCodes, parsedArgs, printable, UsageError } from '../../command.ts';
import type { Dialect } from '../../schemas/generated/subject.ts';
import { commandProblems } from '../daemon/command-path.ts';
import type { HandshakeSource } from './handshakes.ts';
import { type WrapStdioServerOptions, wrapStdioServer } from './wrap-stdio-server.ts';

const help = `Puts a stdio server that speaks JSON-RPC and knows nothing of sessions (an MCP server, codex
app-server) behind the worker contract: one server process for each session.

Usage: stdio-bus-kit worker wrap [OPTION …] -- COMMAND [ARGUMENT …]

Options:
  --dialect NAME           what the bus and its clients speak: jsonrpc (the default) or codex
  --server-dialect NAME    what COMMAND speaks; as --dialect by default
  --handshake WHAT         what a server is told whose client does not begin with "initialize":
                           first-session (the default): the handshake of an earlier server of its
                           session, else that of the first session that made one; session: its own
                           session's only; a file: the frames in it, one JSON object a line, told
                           to every server
  --max-servers N          servers at a time, 100 by default; then the one that was idle for longest
                           is ended, and where none is idle the request gets the error -32001
  --idle-sec N             end a server that had nothing to do for so long; 600 by default, 0 never
  --drain-timeout-sec N    finish within N seconds of SIGTERM or the end of stdin; 25 by default.
                           Less than the bus's drain_timeout_sec
  --session-id-field NAME  the bus's routing.session_id_field; sessionId by default
  -h, --help               print this

What a server writes on stderr comes out on stderr with its session before it. When a server dies,
its pending requests get the error -32000, and the session's next frame starts another.

Examples:
  stdio-bus-kit worker wrap -- npx -y @modelcontextprotocol/server-everything
  stdio-bus-kit worker wrap --dialect codex --idle-sec 3600 -- codex app-server
  stdio-bus-kit worker wrap --server-dialect codex --handshake hello.ndjson -- codex app-server

As a pool of a bus:
  {"id": "mcp", "command": "stdio-bus-kit",
   "args": ["worker", "wrap", "--", "npx", "-y", "@modelcontextprotocol/server-everything"]}

Exit codes: 0 drained, 1 the time to drain was over before, 64 wrong usage, 66 the handshake cannot be
read, 69 COMMAND cannot be started, 130 or 143 a second signal.
`;

const options = {
  dialect: { type: 'string', default: 'jsonrpc' },
  'server-dialect': { type: 'string' },
  handshake: { type: 'string', default: 'first-session' },
  'max-servers': { type: 'string', default: '100' },
  'idle-sec': { type: 'string', default: '600' },
  'drain-timeout-sec': { type: 'string', default: '25' },
  'session-id-field': { type: 'string', default: 'sessionId' },
} as const;

/** The command `worker wrap`. */
export const wrapCommand: Command = {
  help,
  run: async (args) => {
    const { positionals: command, values } = parsedArgs('worker wrap', { args, options });
    const [program] = command;
    if (program === undefined) {
      throw new UsageError('worker wrap: say which command, after "--" (--help shows examples)');
    }
    const dialect = dialectFrom('--dialect', values.dialect);
    const wrapOptions: WrapStdioServerOptions = {
      dialect,
      serverDialect: dialectFrom('--server-dialect', values['server-dialect'] ?? dialect),
      maxServers: numberFrom('--max-servers', values['max-servers'], 1),
      idleMs: numberFrom('--idle-sec', values['idle-sec'], 0) * 1000,
      drainTimeoutMs: numberFrom('--drain-timeout-sec', values['drain-timeout-sec'], 0.001) * 1000,
      sessionIdField: fieldFrom(values['session-id-field']),
    };
    const [unusable] = commandProblems({ pools: [{ id: 'wrap', command: program }] });
    if (unusable !== undefined) return failed(unusable.problem, exitCodes.unavailable);
    const handshake = handshakeFrom(values.handshake);
    if (handshake instanceof Error) return failed(handshake.message, exitCodes.noInput);
    wrapStdioServer(command, { ...wrapOptions, handshake });
    // The worker has the process now, and ends it.
    return new Promise(() => {});
  },
};

function dialectFrom(option: string, value: string): Dialect {
  if (value === 'jsonrpc' || value === 'codex') return value;
  throw new UsageError(`worker wrap: ${option} is jsonrpc or codex, not "${value}"`);
}

function numberFrom(option: string, value: string, least: number): number {
  const number = value.trim() === '' ? Number.NaN : Number(value);
  if (Number.isFinite(number) && number >= least) return number;
  throw new UsageError(`worker wrap: ${option} is a number of ${least} or more, not "${value}"`);
}

function fieldFrom(value: string): string {
  if (value !== '' && !['id', 'method', 'pool', 'result', 'error'].includes(value)) return value;
  throw new UsageError(`worker wrap: the session id cannot be in the member "${value}"`);
}

/** Where the handshake comes from; an error where its file cannot be used. */
function handshakeFrom(value: string): HandshakeSource | Error {
  if (value === 'first-session' || value === 'session') return value;
  try {
    const lines = readFileSync(value, 'utf8').split('\n');
    return lines.filter((line) => line.trim() !== '').map(frameFrom);
  } catch (error) {
    return new Error(`the handshake ${value} cannot be read: ${(error as Error).message}`);
  }
}

function frameFrom(line: string): object {
  const frame: unknown = JSON.parse(line);
  const { method } = (frame ?? {}) as { method?: unknown };
  if (typeof method !== 'string') throw new Error('a frame of it has no method');
  return frame as object;
}

function failed(problem: string, exitCode: number): number {
  process.stderr.write(`stdio-bus-kit: ${printable(problem)}\n`);
  return exitCode;
}
