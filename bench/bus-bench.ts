import { writeFileSync } from 'node:fs';
import { type BenchOptions, optionsFrom, UsageError } from './bench-options.ts';
import { helpFor } from './help.ts';
import { type GeneratorProcess, startGenerator } from './load/generator-process.ts';
import type { GeneratorCommand } from './load/load-command.ts';
import { thisMachine } from './report/machine.ts';
import { createProgress } from './report/progress.ts';
import type { Row, Sample } from './report/row.ts';
import { tableFrom } from './report/table.ts';
import type { Bench } from './scenarios/bench.ts';
import { scenarios } from './scenarios/scenarios.ts';
import { echoWorkerProgram } from './subjects/echo-worker-program.ts';
import { baselines } from './subjects/subject.ts';
import { createWorkshop } from './subjects/workshop.ts';

const exitCodes = { ok: 0, faults: 1, usage: 64 } as const;
const generatorTimeoutMs = 120_000;

async function main(args: string[]): Promise<number> {
  const options = optionsFrom(
    args,
    scenarios.map(({ name }) => name),
  );
  if (options.isHelp) {
    process.stdout.write(helpFor(scenarios));
    return exitCodes.ok;
  }
  // Before the work, so that a path that cannot be written does not waste it.
  if (options.jsonFile !== undefined) mustBeWritable(options.jsonFile);
  const startedAt = new Date();
  const { rows, samples, language } = await measured(options);
  process.stdout.write(tableFrom(rows));
  if (options.jsonFile !== undefined) {
    const { effort, subjects } = options;
    const durationMs = Date.now() - startedAt.getTime();
    const run = {
      startedAt,
      durationMs,
      machine: thisMachine(),
      effort,
      worker: language,
      subjects,
    };
    writeFileSync(options.jsonFile, `${JSON.stringify({ ...run, rows, samples }, null, 1)}\n`);
  }
  return rows.some(({ fault }) => fault !== undefined) ? exitCodes.faults : exitCodes.ok;
}

function mustBeWritable(file: string): void {
  try {
    writeFileSync(file, '');
  } catch (error) {
    throw new UsageError(`--json cannot be written: ${(error as Error).message}`);
  }
}

async function measured({ subjects, effort, only, worker: wanted }: BenchOptions) {
  const folder = createWorkshop();
  const worker = echoWorkerProgram(folder, wanted);
  const place = { folder, worker };
  const progress = createProgress(process.stderr);
  process.once('exit', () => progress.clear());
  const samples: Sample[] = [];
  const rows: Row[] = [];
  const chosen = scenarios.filter(({ name }) => only.length === 0 || only.includes(name));
  let generator: GeneratorProcess | undefined;

  for (const [index, scenario] of chosen.entries()) {
    const prefix = `[${index + 1}/${chosen.length}] ${scenario.name} · `;
    const bench: Bench = {
      subjects,
      baselines: baselines(place),
      place,
      effort,
      progress: (text) => progress.say(prefix + text),
      keep: (sample) => samples.push(sample),
      generate,
    };
    rows.push(...(await scenario.run(bench)));
    await generator?.stop();
    generator = undefined;
  }
  return { rows, samples, language: worker.language };

  /** A generator that failed is replaced. */
  async function generate(command: GeneratorCommand) {
    generator ??= await startGenerator();
    try {
      return await generator.run(command, generatorTimeoutMs);
    } catch (error) {
      await generator.stop();
      generator = undefined;
      throw error;
    }
  }
}

// Whoever read our output has gone: nobody is left to tell anything.
process.stdout.on('error', () => process.exit());

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`bus-bench: ${error.message}\n`);
  process.exitCode = exitCodes.usage;
}
