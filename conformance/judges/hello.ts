import type { HelloParams, HelloResult } from '../../schemas/generated/bus-methods.ts';
import {
  validateHelloParams,
  validateHelloResponse,
} from '../../schemas/generated/bus-methods.validate.ts';
import type { Failure, Judge } from '../finding.ts';
import type { Line, Story } from '../history/story.ts';
import { judgeOf } from './facts.ts';
import { quoted } from './moments.ts';
import { answerTo } from './served-requests.ts';

const helloMethod = 'stdio_bus/hello';
const majorVersion = /^1(?:\.(\d+))?$/;

/**
 * Each hello got the answer that its params and the subject's capabilities ask for; none went to a
 * worker, and no notification was answered. EXT-1.
 */
export function hellosAreAnswered(atLeast = 1): Judge {
  return judgeOf('EXT-1', {
    floor: (story) =>
      hellos(story).filter((line) => answerTo(story, line) !== undefined).length < atLeast
        ? `fewer than ${atLeast} hellos were answered`
        : undefined,
    fault: (story) => {
      for (const line of hellos(story)) {
        const answer = answerTo(story, line);
        const fault = answer && faultOf(story, line, answer);
        if (fault !== undefined) return fault;
      }
      return forwarded(story) ?? sameSession(story);
    },
  });
}

function hellos(story: Story): Line[] {
  return story.clientSent.filter(
    ({ kind, method }) => kind === 'request' && method === helloMethod,
  );
}

function faultOf(story: Story, line: Line, answer: Line): Failure | undefined {
  const { params } = JSON.parse(line.bytes.toString());
  const wrong = (reason: string, expected: string): Failure => ({
    reason,
    expected: `${expected} to ${quoted(line)}`,
    seen: quoted(answer),
    records: [line.seq, answer.seq],
  });
  const refusal = refusalOf(story, params);
  const json = JSON.parse(answer.bytes.toString());
  if (refusal !== undefined) {
    if (json.error?.code !== -32602)
      return wrong(`a hello was not refused: ${refusal}`, 'error -32602');
    if (refusal !== unspoken || isStrings(json.error.data?.supportedVersions)) return undefined;
    return wrong(
      'the refusal of a version does not say which are spoken',
      'data.supportedVersions',
    );
  }
  if (isOldName(params) && answer.isError) return undefined;
  if (!validateHelloResponse(json))
    return wrong('the answer to a hello has the wrong form', 'a result');
  return misfit(story, params as HelloParams, json.result as HelloResult, wrong);
}

const unspoken = 'a version that is not spoken';

/** Why it has to be refused; undefined where it does not. */
function refusalOf({ header }: Story, params: unknown): string | undefined {
  if (!validateHelloParams(params)) return 'its params do not fit';
  const { protocolVersion, extensions = {} } = params as HelloParams;
  if (isOldName(params)) return undefined;
  if (!majorVersion.test(protocolVersion)) return unspoken;
  const missing = Object.entries(extensions).some(
    ([name, { required = false, version = '1' }]) =>
      required && !(header.capabilities.includes(name) && majorVersion.test(version)),
  );
  return missing ? 'a required extension that it does not have' : undefined;
}

/** SDKs send `0.1.0`, which a bus may take for version 1. */
function isOldName(params: unknown): boolean {
  return (params as Partial<HelloParams> | undefined)?.protocolVersion === '0.1.0';
}

function isStrings(value: unknown): boolean {
  return (
    Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'string')
  );
}

function misfit(
  { header }: Story,
  { protocolVersion, extensions = {} }: HelloParams,
  result: HelloResult,
  wrong: (reason: string, expected: string) => Failure,
): Failure | undefined {
  const { negotiatedProtocolVersion } = result;
  if (!isOldName({ protocolVersion }) && !isUpTo(negotiatedProtocolVersion, protocolVersion)) {
    return wrong(
      'a version was negotiated that was not asked for',
      `a version up to ${protocolVersion}`,
    );
  }
  const names = Object.keys(extensions).sort().join();
  if (Object.keys(result.extensions).sort().join() !== names) {
    return wrong('the answer to a hello names other extensions than the question', names);
  }
  for (const [name, { selected, active }] of Object.entries(result.extensions)) {
    const { version = '1' } = extensions[name] ?? {};
    const isThere = header.capabilities.includes(name) && majorVersion.test(version);
    // Whether frames are traced is the operator's to say.
    if (name !== 'trace' && active !== isThere) {
      return wrong(`an extension is ${active ? '' : 'not '}active`, `${name} active: ${isThere}`);
    }
    if (active ? !isUpTo(selected ?? '', version) : selected !== null) {
      return wrong(
        'an extension has a version that does not fit',
        `null unless active, of ${name}`,
      );
    }
  }
  return undefined;
}

function isUpTo(version: string, newest: string): boolean {
  const minor = (text: string) => Number(majorVersion.exec(text)?.[1] ?? 0);
  return majorVersion.test(version) && minor(version) <= minor(newest);
}

function forwarded(story: Story): Failure | undefined {
  const line = story.workerReceived.find(({ method }) => method === helloMethod);
  if (line === undefined) return undefined;
  const reason = 'a hello was forwarded to a worker';
  return { reason, expected: 'at no worker', seen: quoted(line), records: [line.seq] };
}

function sameSession(story: Story): Failure | undefined {
  const ids = hellos(story).flatMap((line) => {
    const answer = answerTo(story, line);
    if (answer === undefined || answer.isError) return [];
    return [JSON.parse(answer.bytes.toString()).result?.sessionId];
  });
  if (new Set(ids).size === ids.length) return undefined;
  return {
    reason: 'a session id was given twice',
    expected: 'a new one each time',
    seen: ids.join(),
  };
}
