import { loadavg } from 'node:os';
import { thisMachine } from '../machine.ts';
import type { LoadReport, LoadSample, LoadSubject } from '../schemas/generated/load-report.ts';
import { suiteFromPackage } from '../suite.ts';
import type { BenchOptions } from './bench-options.ts';
import { gateOf, notRun } from './gate/gate.ts';
import { type GeneratorProcess, startGenerator } from './load/generator-process.ts';
import type { GeneratorCommand } from './load/load-command.ts';
import type { Bench } from './questions/question.ts';
import { questions } from './questions/questions.ts';
import { createProgress } from './report/progress.ts';
import { ratiosOf } from './report/ratios.ts';
import { warningsOf } from './report/remarks.ts';
import { resultsOf } from './report/results.ts';
import { echoWorkerProgram } from './subjects/echo-worker-program.ts';
import { baselines, type Subject } from './subjects/subject.ts';
import { identityOf } from './subjects/subject-identity.ts';
import { createWorkshop } from './subjects/workshop.ts';

const generatorTimeoutMs = 120_000;

/** Runs the questions and makes the report. What fails is a sample that says so. */
export async function runBench(options: BenchOptions): Promise<LoadReport> {
  const { subjects, effort, only, p99BoundUs, seed } = options;
  const startedAt = new Date();
  const [loadAtStart = 0] = loadavg();
  const folder = createWorkshop();
  const worker = echoWorkerProgram(folder, options.worker);
  const place = { folder, worker };
  const limits = baselines(place);
  const progress = createProgress(process.stderr);
  process.once('exit', () => progress.clear());
  const samples: LoadSample[] = [];
  const gates: LoadSubject[] = [];
  for (const subject of subjects) {
    progress.say(`conformance gate · ${subject.name}`);
    const gate = options.hasGate ? await gateOf(subject, folder) : notRun('--no-gate');
    gates.push({ identity: identityOf(subject), role: 'subject', ...gate });
  }
  let generator: GeneratorProcess | undefined;
  const chosen = questions.filter(({ name }) =>
    only.length === 0 ? !effort.leavesOut.includes(name) : only.includes(name),
  );
  for (const [index, question] of chosen.entries()) {
    const prefix = `[${index + 1}/${chosen.length}] ${question.name} · `;
    const bench: Bench = {
      subjects,
      baselines: limits,
      place,
      effort,
      p99BoundUs,
      progress: (text) => progress.say(prefix + text),
      keep: (sample) => samples.push(sample),
      generate,
    };
    await question.run(bench);
    await generator?.stop();
    generator = undefined;
  }
  progress.clear();

  const measured = [...gates, ...[limits.relay, limits.worker].map(baselineFrom)];
  const facts = { seed, subjects: measured, samples };
  return {
    version: 1,
    suite: suiteFromPackage(),
    machine: thisMachine(),
    startedAt: startedAt.toISOString(),
    loadAtStart,
    durationMs: Date.now() - startedAt.getTime(),
    rounds: effort.rounds,
    ...facts,
    ratios: ratiosOf(facts),
    warnings: warningsOf(resultsOf(facts)),
    settings: {
      mode: effort.mode,
      sampleMs: effort.sampleMs,
      p99BoundUs,
      worker: worker.language,
    },
  };

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

function baselineFrom(subject: Subject): LoadSubject {
  return { identity: identityOf(subject), role: subject.role, ...notRun('no bus') };
}
