import type { Scene } from '../scene/scene.ts';

/** The scenes that run at this moment: what has to be cleaned up when the run is interrupted. */
export class LiveScenes {
  readonly #scenes = new Set<Scene>();

  add(scene: Scene): void {
    this.#scenes.add(scene);
  }

  delete(scene: Scene): void {
    this.#scenes.delete(scene);
  }

  /** Ends every subject and worker, and removes every folder. */
  async destroy(): Promise<void> {
    await Promise.all([...this.#scenes].map((scene) => scene.destroy()));
  }
}
