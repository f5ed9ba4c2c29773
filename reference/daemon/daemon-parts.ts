import type { Bus, BusParts } from '../bus/bus.ts';
import { readConfig } from '../bus/config-file.ts';
import { listen } from '../bus/listener.ts';
import type { Log } from '../bus/log.ts';
import { stdioStream } from '../bus/stdio-stream.ts';
import { Ending } from './ending.ts';
import { openStderr } from './stderr-stream.ts';

/** The parts of a daemon that a caller may replace. Each has the default that is named here. */
export interface DaemonParts {
  /** Parts of its bus. */
  readonly bus: Partial<BusParts>;
  readonly openStderr: typeof openStderr;
  readonly readConfig: typeof readConfig;
  readonly listen: typeof listen;
  readonly stdioStream: typeof stdioStream;
  readonly createEnding: (bus: Bus, log: Log) => Ending;
}

/** The parts of one daemon: those that were given, and the defaults of the others. */
export function daemonParts(given: Partial<DaemonParts>): DaemonParts {
  return {
    bus: {},
    openStderr,
    readConfig,
    listen,
    stdioStream,
    createEnding: (bus, log) => new Ending(bus, log),
    ...given,
  };
}
