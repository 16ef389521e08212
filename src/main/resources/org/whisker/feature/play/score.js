// The score of the image as it changes. One request is under way at a time; of what changes
// meanwhile the last state alone is asked for.

import { post } from './api.js';
import { chart } from './chart.js';

const element = id => document.getElementById(id);
const SHOWN = 100;

export function number(value, digits = 3) {
  return value.toFixed(digits).replace('-', '−');
}

function signed(value) {
  return (value > 0 ? '+' : '') + number(value);
}

export class LiveScore {
  /** Every score: p, logit, E and so on. */
  history = [];
  last = null;
  #state;
  #failed;
  #next = null;
  #busy = false;
  #scored = [];

  constructor(state, failed) {
    this.#state = state;
    this.#failed = failed;
  }

  /** Calls this with every score and what was asked for. */
  onScore(listener) {
    this.#scored.push(listener);
  }

  /** Asks for the score of the present state. */
  ask(detail) {
    this.#next = detail;
    if (!this.#busy) {
      this.#run();
    }
  }

  async #run() {
    this.#busy = true;
    while (this.#next) {
      const detail = this.#next;
      this.#next = null;
      const state = this.#state();
      try {
        const scores = await post('/api/score', state.body);
        this.#show(scores, state, detail);
      } catch (e) {
        if (e.status !== 409) {
          this.#failed(e);
        } else if (!this.#next) {
          this.#next = detail;
        }
      }
    }
    this.#busy = false;
  }

  #show(scores, state, detail) {
    this.#one(element('score-first'), scores.first, this.last?.first);
    element('score-beside').hidden = !scores.beside;
    element('difference').hidden = !scores.beside;
    if (scores.beside) {
      this.#one(element('score-beside'), scores.beside, this.last?.beside);
      element('difference').textContent =
        `Difference of p(target): ${signed(scores.beside.p_target - scores.first.p_target)} (the second less the first).`;
    }
    this.#edge(scores.placed);
    this.last = scores;
    const shown = Math.round(performance.now() - (detail.began ?? detail.at));
    const first = scores.first;
    const after = detail.began ? `; shown after ${shown} ms` : '';
    element('took').textContent =
      `${number(first.milliseconds, 1)} ms, ${first.incremental ? 'only what changed' : 'whole image'}${after}`;
    this.#brief(scores);
    document.body.dataset.revision = state.revision;
    document.body.dataset.shown = shown;
    this.#remember(scores, detail);
    this.#scored.forEach(listener => listener(scores, state, detail));
  }

  #brief({ first, beside, placed }) {
    const p = document.createElement('b');
    p.textContent = `p ${number(first.p_target)}`;
    const second = beside ? [`, ${number(beside.p_target)}`] : [];
    const e = placed.edge_index === null ? '–' : number(placed.edge_index, 2);
    const parts = [[p, ...second], [`Δlogit ${signed(first.delta)}`], [`E ${e}`]];
    element('brief').replaceChildren(...parts.map(part => {
      const span = document.createElement('span');
      span.append(...part);
      return span;
    }));
  }

  #one(place, score, before) {
    place.querySelector('.name').textContent = score.model + (score.resized ? ' (image resized)' : '');
    place.querySelector('.value').textContent = number(score.p_target);
    place.querySelector('.value').title = `logit against the target ${number(score.logit, 6)}`;
    place.dataset.logit = score.logit;
    place.querySelector('.fill').style.width = `${score.p_target * 100}%`;
    this.#delta(place.querySelector('.delta'), score.delta);
    const same = before && before.model === score.model;
    this.#delta(place.querySelector('.change'), same ? score.logit - before.logit : 0);
    place.querySelector('.took').textContent = `${number(score.milliseconds, 1)} ms`;
  }

  #delta(place, value) {
    const word = Math.abs(value) < 0.0005 ? '' : value < 0 ? 'towards the target' : 'away from the target';
    place.textContent = `${signed(value)} ${word}`.trim();
    place.className = `${place.className.split(' ')[0]} ${word.split(' ')[0]}`;
  }

  #edge({ pixels, edge_index: e, chance }) {
    const dot = document.querySelector('#edge .dot');
    const band = document.querySelector('#edge .chance');
    dot.hidden = e === null;
    band.hidden = e === null;
    element('e').textContent = e === null ? '–' : number(e);
    if (e === null) {
      element('e-text').textContent = 'no inked pixel';
      return;
    }
    dot.style.left = `${e * 100}%`;
    band.style.left = `${chance.low * 100}%`;
    band.style.width = `${(chance.high - chance.low) * 100}%`;
    const digits = chance.high - chance.low < 0.05 ? 3 : 2;
    const where = e < chance.low ? 'nearer the edge than chance'
      : e > chance.high ? 'nearer the middle than chance' : 'as by chance';
    element('e-text').textContent =
      `of ${pixels} inked pixel${pixels === 1 ? '' : 's'}: ${where} (95 % of random images: ${number(chance.low, digits)} to ${number(chance.high, digits)})`;
  }

  #remember(scores, detail) {
    this.history.push({
      cause: detail.cause,
      model: scores.first.model, logit: scores.first.logit, p: scores.first.p_target,
      beside: scores.beside?.model ?? '', besideLogit: scores.beside?.logit ?? '', besideP: scores.beside?.p_target ?? '',
      pixels: scores.placed.pixels, e: scores.placed.edge_index ?? '',
    });
    const begin = Math.max(0, this.history.length - SHOWN);
    const recent = this.history.slice(begin);
    const series = [
      { kind: 'first', points: recent.map((h, i) => [begin + i + 1, h.p]) },
      { kind: 'second', points: recent.map((h, i) => [begin + i + 1, h.besideP]).filter(point => point[1] !== '') },
      { kind: 'now', points: [[this.history.length, scores.first.p_target]] },
    ];
    chart(element('history'), series, begin + 1, Math.max(begin + 2, this.history.length), 'scores since the page was opened');
  }
}
