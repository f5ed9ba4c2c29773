import type { EnvelopeScanner } from '../envelope-scanner.ts';
import type { ByteArena } from './byte-arena.ts';
import type { ChunkClock } from './chunk-clock.ts';
import type { Clock } from './clock.ts';
import type { Connection } from './connection.ts';
import type { Correlator } from './correlator.ts';
import type { Counters } from './counters.ts';
import type { FlushList } from './flush-list.ts';
import type { Log } from './log.ts';
import type { Pool } from './pool.ts';
import type { Router } from './router.ts';
import type { SessionTable } from './session-table.ts';
import type { BusSettings } from './settings.ts';

/** The parts of a bus that frames pass through, and what they share. Put together in `bus.ts`. */
export interface Switchboard {
  readonly settings: BusSettings;
  readonly clock: Clock;
  /** For what is noted of frames. */
  readonly chunkClock: ChunkClock;
  readonly log: Log;
  readonly counters: Counters;
  readonly arena: ByteArena;
  readonly flushList: FlushList;
  readonly scanner: EnvelopeScanner;
  readonly pools: readonly Pool[];
  readonly sessions: SessionTable;
  readonly correlator: Correlator;
  readonly router: Router;
  /** The open connections by their number. */
  readonly connections: Map<number, Connection>;
  /** The extensions that `stdio_bus/hello` offers (EXT-1). */
  readonly extensions: ReadonlySet<string>;
  /** Whether new requests are refused. */
  isDraining: boolean;
}
