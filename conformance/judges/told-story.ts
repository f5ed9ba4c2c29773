import type { HistoryRecord, ScenarioRecord } from '../../schemas/generated/history.ts';
import { type Story, storyFromRecords } from '../history/story.ts';

type Told = (atUs: number) => object;

/** A small history by hand, for tests of judges: one event a millisecond, in the order of telling. */
export function told(events: readonly Told[], header: Partial<ScenarioRecord> = {}): Story {
  const first: ScenarioRecord = {
    seq: 0,
    atUs: 0,
    kind: 'scenario',
    scenario: 'test/told',
    transport: 'tcp',
    sessionIdField: 'sessionId',
    limits: {},
    pools: [{ id: 'main', instances: 2 }],
    capabilities: [],
    timeScale: 1,
    seed: '1',
    deadlinesUs: { response: 2000, start: 2000, grace: 2000 },
    ...header,
  };
  const records = events.map((event, index) => {
    const atUs = (index + 1) * 1000;
    return { seq: index + 1, atUs, ...event(atUs) };
  });
  return storyFromRecords([first, ...records] as HistoryRecord[]);
}

/** A client or a worker: what it does and sees. */
export function someone(name: string) {
  const isWorker = name.includes('/');
  const bytes = (direction: 'sent' | 'received') => (frame: object | string) => () => ({
    kind: isWorker ? 'worker-bytes' : 'client-bytes',
    [isWorker ? 'process' : 'connection']: name,
    direction,
    text: `${typeof frame === 'string' ? frame : JSON.stringify(frame)}\n`,
  });
  const connection = (event: string) => () => ({ kind: 'connection', connection: name, event });
  const process =
    (event: string, more: object = {}) =>
    () => ({
      kind: 'process',
      process: name,
      event,
      pid: 7,
      ...more,
    });
  return {
    writes: bytes('sent'),
    reads: bytes('received'),
    opens: connection('open'),
    halfCloses: connection('end'),
    leaves: connection('close'),
    isEnded: connection('peer-end'),
    starts: process('start'),
    exits: process('exit', { exitCode: 0 }),
    isKilled: () => ({ kind: 'fault', fault: 'kill', target: name }),
    isTold: (signal: string) => process('signal', { signal }),
  };
}

/** Time that passes without an event. */
export const nothing: Told = () => ({ kind: 'note', text: '' });
