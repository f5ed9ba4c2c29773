import type { History } from '../history/history.ts';
import type { Scenario, SceneTransport } from '../scenario.ts';
import type { LiveScene } from './live-scenes.ts';

/** A scene as a run sees it, of whatever kind. */
export interface PlayedScene extends LiveScene {
  readonly history: History;
  /** Makes it ready for a launch. */
  prepare(): Promise<void>;
  /** Starts the subject. Throws StartFailed. */
  start(): Promise<void>;
  /** Lets everything that is under way come to its end, then ends the subject. */
  finish(): Promise<void>;
}

/** How a subject ended. */
export interface SubjectEnd {
  readonly code: number | null;
  readonly signal: string | null;
}

/** One scenario, ready to be played with one subject. */
export interface Play {
  readonly scenario: Scenario;
  readonly transport: SceneTransport;
  readonly timeScale: number;
  /** Whether `drive` starts the subject itself. */
  readonly isLaunchedByDrive: boolean;
  /** What is said of a subject that does not start. */
  readonly notStarted: string;
  /** Makes the scene; nothing is started yet. */
  open(): OpenPlay;
}

export interface OpenPlay {
  readonly scene: PlayedScene;
  drive(): Promise<void>;
  /** How the subject ended, where it did and no signal had told it to. */
  unaskedEnd(): SubjectEnd | undefined;
}
