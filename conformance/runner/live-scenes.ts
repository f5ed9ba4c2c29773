/** What can be cleaned up, whatever happens in it. */
export interface LiveScene {
  destroy(): Promise<void>;
}

/** The scenes that run at this moment: what has to be cleaned up when the run is interrupted. */
export class LiveScenes {
  readonly #scenes = new Set<LiveScene>();

  add(scene: LiveScene): void {
    this.#scenes.add(scene);
  }

  delete(scene: LiveScene): void {
    this.#scenes.delete(scene);
  }

  /** Ends every subject and worker, and removes every folder. */
  async destroy(): Promise<void> {
    await Promise.all([...this.#scenes].map((scene) => scene.destroy()));
  }
}
