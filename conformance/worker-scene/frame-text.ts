import type { Dialect } from '../../schemas/generated/subject.ts';
import type { WorkerSession } from './worker-session.ts';

/** What is known of a frame before it is written. */
export interface FrameParts {
  /** The id as it is spelled; absent for a notification. */
  readonly idJson?: string;
  readonly method?: string;
  readonly session?: WorkerSession | undefined;
  readonly params?: unknown;
  /** A frame of the manifest: its members stand for what is not given here. */
  readonly frame?: Readonly<Record<string, unknown>> | undefined;
}

/** The line of a frame in a dialect, without its LF. The id is spelled as given. */
export function frameText(dialect: Dialect, parts: FrameParts): string {
  const { idJson, session, frame = {} } = parts;
  const { jsonrpc: _, id: __, sessionId: ___, ...members } = frame;
  const { method = parts.method, params = parts.params, ...rest } = members;
  const threadId = dialect === 'codex' ? session?.threadId : undefined;
  const written =
    threadId === undefined || frame.params !== undefined ? params : withThread(params);
  const own = {
    ...(method === undefined ? {} : { method }),
    ...(session === undefined ? {} : { sessionId: session.id }),
    ...(written === undefined ? {} : { params: written }),
    ...rest,
  };
  const filled = withReplaced(own, '{session}', session?.threadId ?? session?.id ?? '');
  const body = JSON.stringify(filled).slice(1, -1);
  const head = [
    ...(dialect === 'jsonrpc' ? ['"jsonrpc":"2.0"'] : []),
    ...(idJson === undefined ? [] : [`"id":${idJson}`]),
    ...(body === '' ? [] : [body]),
  ];
  return `{${head.join(',')}}`;
}

function withThread(params: unknown): unknown {
  const isObject = typeof params === 'object' && params !== null && !Array.isArray(params);
  return params === undefined || isObject
    ? { threadId: '{session}', ...((params as object | undefined) ?? {}) }
    : params;
}

/** A value in which a text stands for each string that is `placeholder`. */
export function withReplaced(value: unknown, placeholder: string, text: string): unknown {
  if (value === placeholder) return text;
  if (Array.isArray(value)) return value.map((each) => withReplaced(each, placeholder, text));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, withReplaced(each, placeholder, text)]),
  );
}

/** What stands at a JSON pointer; undefined where nothing does. */
export function valueAt(value: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>(
      (at, part) =>
        typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[part] : undefined,
      value,
    );
}
