import { parsedArgs, UsageError } from '../command.ts';

type Options = Parameters<typeof parsedArgs>[1]['options'];

/** The options before `--`, and the command of the subject behind it. Throws UsageError. */
export function wordsFrom<const T extends Options>(
  kind: 'bus' | 'worker',
  args: readonly string[],
  options: T,
) {
  const end = args.indexOf('--');
  const command = end === -1 ? [] : args.slice(end + 1);
  const own = end === -1 ? [...args] : args.slice(0, end);
  const { values, positionals } = parsedArgs(`conform ${kind}`, { args: own, options });
  const [first] = positionals;
  if (first !== undefined) {
    throw new UsageError(`conform ${kind}: put the command of the ${kind} after --: -- ${first}`);
  }
  if (end !== -1 && command.length === 0) {
    throw new UsageError(`conform ${kind}: which command? after --`);
  }
  return { command, values };
}
