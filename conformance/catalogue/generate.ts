import { readFileSync, writeFileSync } from 'node:fs';
import { allScenarios } from '../scenarios/index.ts';
import { specificationFolder } from './catalogue.ts';
import { textWithScenarioLists } from './scenario-lists.ts';

// Writes into `spec/requirements.yaml` which scenarios check each requirement: a part of `npm run
// generate`. With --check it writes nothing and fails where the file is stale.

const file = new URL('requirements.yaml', specificationFolder);

function main(isCheck: boolean): number {
  const text = readFileSync(file, 'utf8');
  const filled = textWithScenarioLists(text, allScenarios);
  if (filled === text) return 0;
  if (!isCheck) {
    writeFileSync(file, filled);
    process.stdout.write('spec/requirements.yaml names the scenarios anew\n');
    return 0;
  }
  process.stderr.write('stale: spec/requirements.yaml\n');
  process.stderr.write('Run `npm run generate` and commit what it writes.\n');
  return 1;
}

process.exitCode = main(process.argv.includes('--check'));
