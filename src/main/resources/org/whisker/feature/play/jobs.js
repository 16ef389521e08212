// What takes longer than a score: one job at a time, its progress, and its end.

import { post } from './api.js';

const element = id => document.getElementById(id);

export class Jobs {
  #state;
  #failed;
  #current = null;

  constructor(state, failed) {
    this.#state = state;
    this.#failed = failed;
    element('cancel').addEventListener('click', () => this.stop());
  }

  /**
   * Begins a job; the one before ends.
   *
   * @param hear called with the name of an event and its data; ended and failed are the last
   */
  async start(kind, text, hear, search = { preset: 'quick', seed: 1, generations: 1 }) {
    const { body, revision } = this.#state();
    this.#drop('replaced');
    const current = { kind, text, hear, revision, job: null, early: [] };
    this.#current = current;
    this.#bar(text, 0, 1);
    try {
      const started = await post('/api/job', { state: body, kind, search });
      current.job = started.job;
      current.early.forEach(([name, data]) => this.heard(name, data));
      return started;
    } catch (e) {
      if (this.#current === current) {
        this.#drop('failed');
        this.#failed(e);
      }
      return null;
    }
  }

  /** Ends the job that runs; what it has is kept where that makes sense. */
  async stop() {
    try {
      await post('/api/stop');
    } catch (e) {
      this.#drop('failed');
      this.#failed(e);
    }
  }

  get kind() { return this.#current?.kind ?? null; }

  #drop(how) {
    const before = this.#current;
    this.#current = null;
    element('job').hidden = true;
    before?.hear('ended', { how, seconds: 0 }, before.revision);
  }

  #bar(text, done, total) {
    element('job').hidden = false;
    element('job-text').textContent = text;
    element('job-bar').max = total;
    element('job-bar').value = done;
  }

  /** An event of the server. */
  heard(name, data) {
    const current = this.#current;
    if (current?.job === null) {
      current.early.push([name, data]);
      return;
    }
    if (!current || data.job !== current.job) {
      return;
    }
    if (name === 'progress') {
      this.#bar(`${current.text}: ${data.done} of ${data.total}`, data.done, data.total);
    } else if (name === 'generation') {
      this.#bar(`${current.text}: generation ${data.generation} of ${data.generations}`, data.generation, data.generations);
    }
    if (name === 'ended' || name === 'failed') {
      this.#current = null;
      element('job').hidden = true;
    }
    if (name === 'failed') {
      this.#failed(new Error(data.message));
    }
    current.hear(name, data, current.revision);
  }
}
