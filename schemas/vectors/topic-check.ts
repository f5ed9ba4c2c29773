import type { Topic } from './sources/topic.ts';

const wellFormedId = /^[A-Z]{3}-[1-9][0-9]*\/[a-z0-9][a-z0-9-]*$/;

/**
 * Throws an Error that names the file and the vector where a file holds no vector, two vectors have
 * one id, a vector has no description, or an id is not its requirement, a slash and a short name.
 */
export function checkTopics(topics: ReadonlyMap<string, Topic>): void {
  const fileOf = new Map<string, string>();
  for (const [file, { vectors }] of topics) {
    if (vectors.length === 0) throw new Error(`${file} holds no vector`);
    for (const { id, requirement, description } of vectors) {
      const earlier = fileOf.get(id);
      if (earlier !== undefined) throw new Error(`${id} is in ${earlier} and in ${file}`);
      if (!wellFormedId.test(id)) throw new Error(`${file}: ${id} is no id of a vector`);
      if (!id.startsWith(`${requirement}/`)) {
        throw new Error(`${file}: ${id} does not begin with ${requirement}`);
      }
      if (description.trim() === '') throw new Error(`${file}: ${id} has no description`);
      fileOf.set(id, file);
    }
  }
}
