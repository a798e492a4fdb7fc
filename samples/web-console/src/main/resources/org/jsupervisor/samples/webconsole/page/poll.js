// Looks again and again: at most once a second, less often when the host is slow or nobody looks at
// the page, and ever less often when the host is gone.

import { WrongToken } from "./host.js";

const INTERVAL_MILLIS = 1000;
const HIDDEN_MILLIS = 15_000;
const BACKOFF_MILLIS = [1000, 2000, 4000, 8000, 15_000, 30_000];
/** The host works for this page for a fifth of the time at most. */
const IDLE_SHARE = 4;

export class Poll {
  #look;
  #listener;
  #timer = null;
  #running = false;
  #again = false;
  #stopped = false;
  #failures = 0;
  #lastAnswer = null;

  /** The listener has onAnswer(view), onSilence({ problem, since, retryAt }) and onWrongToken(). */
  constructor(look, listener) {
    this.#look = look;
    this.#listener = listener;
    document.addEventListener("visibilitychange", this.#shown);
  }

  /** Looks at once; if it is already looking, once more after that. */
  now() {
    clearTimeout(this.#timer);
    if (this.#running) {
      this.#again = true;
    } else if (!this.#stopped) {
      this.#once();
    }
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
    document.removeEventListener("visibilitychange", this.#shown);
  }

  #shown = () => {
    if (!document.hidden) {
      this.now();
    }
  };

  async #once() {
    this.#running = true;
    this.#again = false;
    const begin = performance.now();
    let wait = INTERVAL_MILLIS;
    try {
      const view = await this.#answer();
      if (view && !this.#stopped) {
        wait = Math.max(
          document.hidden ? HIDDEN_MILLIS : INTERVAL_MILLIS,
          (performance.now() - begin) * IDLE_SHARE);
        this.#listener.onAnswer(view);
      } else {
        wait = this.#backoff();
      }
    } finally {
      this.#running = false;
      if (!this.#stopped) {
        this.#timer = setTimeout(() => this.#once(), this.#again ? 0 : wait);
      }
    }
  }

  /** What was seen; null if there was nothing to see, which the listener has been told then. */
  async #answer() {
    try {
      const view = await this.#look();
      this.#failures = 0;
      this.#lastAnswer = Date.now();
      return view;
    } catch (problem) {
      if (this.#stopped) {
        return null;
      }
      if (problem instanceof WrongToken) {
        this.stop();
        this.#listener.onWrongToken();
        return null;
      }
      this.#failures++;
      this.#listener.onSilence({
        problem: problem.message,
        since: this.#lastAnswer,
        retryAt: Date.now() + this.#backoff(),
      });
      return null;
    }
  }

  #backoff() {
    return BACKOFF_MILLIS[Math.min(Math.max(this.#failures - 1, 0), BACKOFF_MILLIS.length - 1)];
  }
}
