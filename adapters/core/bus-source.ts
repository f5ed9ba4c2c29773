import { readConfig } from '../../reference/bus/config-file.ts';
import { type BusAddress, busAddress } from '../../reference/client/bus-address.ts';
import { BusConfigError } from '../../reference/embedded/bus-config-error.ts';
import type { EmbeddedBus } from '../../reference/embedded/embedded-bus.ts';
import type { BusConfig } from '../../schemas/generated/bus-config.ts';

/**
 * The bus behind an adapter: `embedded:FILE`, `tcp://HOST:PORT` or `unix:PATH`; a configuration, for a
 * bus within this process; or such a bus, with its configuration, that somebody else drains.
 */
export type BusSource =
  | string
  | BusConfig
  | { readonly bus: EmbeddedBus; readonly config?: BusConfig };

/** A source as it is opened. */
export type ResolvedBus =
  | { readonly kind: 'address'; readonly url: string; readonly address: BusAddress }
  | { readonly kind: 'config'; readonly url: string; readonly config: BusConfig }
  | {
      readonly kind: 'bus';
      readonly url: string;
      readonly bus: EmbeddedBus;
      readonly config: BusConfig | undefined;
    };

const embeddedPrefix = 'embedded:';

/**
 * Checks that a text names a bus, and reads nothing. Throws a RangeError in words.
 */
export function checkBusUrl(text: string): void {
  if (text.startsWith(embeddedPrefix)) {
    if (text.length > embeddedPrefix.length) return;
    throw new RangeError('"embedded:" needs a file: embedded:config.json');
  }
  if (!/^(tcp:\/\/|unix:)/.test(text)) {
    throw new RangeError(`"${text}" is neither embedded:FILE, tcp://HOST:PORT nor unix:PATH`);
  }
  busAddress(text);
}

/**
 * Resolves a source. Rejects with a RangeError where a text names none, and with a BusConfigError
 * where the configuration cannot be read or is wrong.
 */
export async function resolveBus(source: BusSource): Promise<ResolvedBus> {
  if (typeof source !== 'string') {
    if ('bus' in source) {
      return { kind: 'bus', url: 'embedded:', bus: source.bus, config: source.config };
    }
    return { kind: 'config', url: 'embedded:', config: source };
  }
  checkBusUrl(source);
  if (!source.startsWith(embeddedPrefix)) {
    return { kind: 'address', url: source, address: busAddress(source) };
  }
  const result = await readConfig(source.slice(embeddedPrefix.length));
  if ('problems' in result) throw new BusConfigError(result.problems);
  return { kind: 'config', url: source, config: result.config };
}
