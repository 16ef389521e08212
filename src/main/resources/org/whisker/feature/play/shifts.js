// Moving, mirroring and blurring, and p(target) against the shift.

import { post, fromBase64 } from './api.js';
import { chart } from './chart.js';
import { fromBytes } from './picture.js';
import { number } from './score.js';

const element = id => document.getElementById(id);
const HINT = 'Drag with the Move tool: p(target) at each shift appears here.';

export class Shifts {
  #picture;
  #jobs;
  #trace = [];
  #curve = null;

  constructor(picture, jobs, score, state, failed) {
    this.#picture = picture;
    this.#jobs = jobs;
    score.onScore((scores, scored, detail) => this.#scored(scores, detail));
    element('mirror-x').addEventListener('click', () => this.#put(picture.mirrored(true), 'mirror'));
    element('mirror-y').addEventListener('click', () => this.#put(picture.mirrored(false), 'mirror'));
    element('all-right').addEventListener('click', () => this.#all('right'));
    element('all-down').addEventListener('click', () => this.#all('down'));
    element('blur').addEventListener('click', async () => {
      const sigma = element('sigma');
      if (!sigma.reportValidity()) {
        return;
      }
      try {
        const blurred = await post('/api/blur', { state: state().body, sigma: Number(sigma.value) });
        this.#put(fromBytes(fromBase64(blurred.levels), picture.levels.length), 'blur');
      } catch (e) {
        failed(e);
      }
    });
    this.#draw();
  }

  #put(levels, cause) {
    this.#picture.remember();
    this.#picture.levels = levels;
    this.#picture.changed(cause);
  }

  #scored(scores, { cause, shift }) {
    if (cause !== 'move') {
      this.#trace = [];
      this.#curve = null;
      this.#draw();
      return;
    }
    this.#trace.push({ ...shift, p: scores.first.p_target });
    this.#draw();
  }

  #all(axis) {
    const before = { trace: this.#trace, curve: this.#curve };
    this.#jobs.start(axis, `all shifts ${axis}`, (name, data, revision) => {
      if (name === 'shifts' && revision === this.#picture.revision) {
        this.#trace = [];
        this.#curve = { axis, p: data.p_target };
        this.#draw();
      } else if (name === 'ended' && data.how !== 'done') {
        Object.assign(this, before);
      }
    });
  }

  #draw() {
    const { width, height } = this.#picture;
    if (this.#curve) {
      const points = this.#curve.p.map((p, i) => [i, p]);
      const lowest = Math.min(...this.#curve.p);
      const highest = Math.max(...this.#curve.p);
      element('shift-text').textContent =
        `All shifts ${this.#curve.axis}, wrapped at the border: p(target) from ${number(lowest)} to ${number(highest)}.`;
      chart(element('trace'), [{ kind: 'first', points }, { kind: 'now', points: points.slice(0, 1) }],
        0, points.length - 1, `pixels ${this.#curve.axis}`);
      return;
    }
    const across = Math.max(0, ...this.#trace.map(t => Math.abs(t.dx)));
    const down = Math.max(0, ...this.#trace.map(t => Math.abs(t.dy)));
    const [key, axis, side] = down > across ? ['dy', 'down', height] : ['dx', 'right', width];
    const points = this.#trace.map(t => [t[key], t.p]);
    const last = this.#trace.at(-1);
    element('shift-text').textContent = last
      ? `Moved ${last.dx} right, ${last.dy} down: p(target) ${number(last.p)}` : HINT;
    const reach = Math.min(side, Math.max(8, across, down));
    chart(element('trace'), [{ kind: 'point', points }, { kind: 'now', points: points.slice(-1) }],
      -reach, reach, `pixels ${axis}`);
  }
}
