/**
 * A broken bus as a subject:
 *
 *   node dist/conformance/mutants/mutant-bus.js ID --config FILE --tcp HOST:PORT
 *
 * It is the daemon of the reference with the part that the mutant replaces.
 */
import { exitCodes, UsageError } from '../../command.ts';
import { createStdioBusCommand } from '../../reference/daemon/stdio-bus-command.ts';
import { busMutants } from './index.ts';

const [id, ...args] = process.argv.slice(2);
const mutant = busMutants.find((each) => each.id === id);

let exitCode: number;
try {
  if (mutant === undefined) throw new UsageError(`there is no mutant ${id}`);
  const { bus = {}, daemon = {}, command = (reference) => reference } = mutant;
  exitCode = await command(createStdioBusCommand({ bus, ...daemon })).run(args);
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`stdio_bus: ${error.message}\n`);
  exitCode = exitCodes.usage;
}
process.exit(exitCode);
