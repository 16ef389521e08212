// A small evolution to watch.

import { chart } from './chart.js';
import { draw } from './picture.js';
import { number } from './score.js';

const element = id => document.getElementById(id);

export class Evolution {
  #picture;
  #jobs;
  #best = null;
  #climb = [];
  #running = false;

  constructor(picture, jobs) {
    this.#picture = picture;
    this.#jobs = jobs;
    element('evolve').addEventListener('click', () => this.#running ? jobs.stop() : this.#start());
    element('take').addEventListener('click', () => this.#take());
  }

  async #start() {
    const [generations, seed] = ['generations', 'seed'].map(element);
    if (!generations.reportValidity() || !seed.reportValidity()) {
      return;
    }
    const { width, height, background, ink } = this.#picture;
    this.#best = { width, height, background, ink, levels: new Uint32Array(width * height).fill(background) };
    this.#climb = [];
    this.#run(true);
    element('evolution-text').textContent = 'Scoring the founders …';
    const search = { preset: element('preset').value, seed: Number(seed.value), generations: Number(generations.value) };
    const started = await this.#jobs.start('evolution', 'evolution', (name, data) => this.#heard(name, data), search);
    element('evolution-command').hidden = !started?.command;
    element('evolution-command').textContent = started?.command ?? '';
    if (!started) {
      this.#run(false);
    }
  }

  #run(running) {
    this.#running = running;
    element('evolve').textContent = running ? 'Stop' : 'Start';
  }

  #heard(name, data) {
    if (name === 'generation') {
      this.#generation(data);
    } else if (name === 'failed') {
      this.#run(false);
      element('evolution-text').textContent = `It failed: ${data.message}`;
    } else if (name === 'ended') {
      this.#run(false);
      const why = { target: 'reached p(target) 0.96', generations: 'all generations done', stopped: 'stopped', replaced: 'stopped for another job' };
      element('evolution-text').append(`; ${why[data.how] ?? data.how}.`);
    }
  }

  #generation(data) {
    const best = this.#best;
    best.levels.fill(best.background);
    data.pixels.forEach(i => { best.levels[i] = best.ink; });
    const canvas = element('best');
    document.querySelector('#evolution .watch').hidden = false;
    canvas.width = best.width;
    canvas.height = best.height;
    draw(canvas, best.width, best.height, best.levels);
    this.#climb.push([data.generation, data.p_target]);
    chart(element('climb'), [{ kind: 'first', points: this.#climb }], 0, data.generations, 'generation');
    const e = data.edge_index === null ? '–' : number(data.edge_index);
    element('evolution-text').textContent =
      `Generation ${data.generation}: p(target) ${number(data.p_target)}, ${data.pixels.length} pixels, E ${e}, ${data.evaluations} images scored`;
    element('take').disabled = false;
  }

  #take() {
    this.#picture.remember();
    this.#picture.put(this.#best, 'evolved');
  }
}
