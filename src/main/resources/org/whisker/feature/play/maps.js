// Maps over the image, and what they say of the pixel that is pointed at.

import { isDark, isGray, name } from './picture.js';
import { number } from './score.js';

const element = id => document.getElementById(id);
const NAMES = { probe: 'probe map', gradient: 'gradient', occlusion: 'occlusion', 'grad-cam': 'Grad-CAM' };
const NONE = 'A map shows which pixels count. It is computed for the image as it is.';

/** Colours end where a few extreme pixels would leave the rest pale; as in the charts of whisker. */
function scale(values) {
  const strengths = values.map(Math.abs).filter(v => v > 0).sort((a, b) => a - b);
  const largest = strengths.at(-1) ?? 0;
  const most = strengths[Math.ceil(0.995 * strengths.length) - 1] ?? 0;
  return { largest, end: largest > 1.25 * most ? most : largest };
}

export class Maps {
  #picture;
  #jobs;
  #score;
  #colors;
  #key;
  #shown = 'none';
  #maps = new Map();
  #place = null;

  constructor(picture, jobs, score, colors, key) {
    this.#picture = picture;
    this.#jobs = jobs;
    this.#score = score;
    this.#colors = colors.map(text => parseInt(text, 16));
    this.#key = key;
    element('maps').addEventListener('change', e => {
      if (e.target.name === 'map') {
        this.#choose(e.target.value);
      }
    });
    element('opacity').addEventListener('input', () => this.#opacity());
    element('map-again').addEventListener('click', () => this.#compute());
    picture.addEventListener('change', () => this.#draw());
    this.#opacity();
    this.#bar();
  }

  /** The map that is shown; null for none. */
  get shown() {
    return this.#maps.get(this.#shown) ?? null;
  }

  #opacity() {
    element('overlay').style.opacity = element('opacity').value / 100;
  }

  #choose(kind) {
    if (this.#jobs.kind && this.#jobs.kind === this.#shown) {
      this.#jobs.stop();
    }
    this.#shown = kind;
    this.#draw();
    if (kind !== 'none' && this.#stale()) {
      this.#compute();
    }
  }

  #stale() {
    const map = this.shown;
    return !map || map.revision !== this.#picture.revision || map.key !== this.#key();
  }

  #compute() {
    const kind = this.#shown;
    const key = this.#key();
    element('map-text').textContent = `Computing the ${NAMES[kind]} …`;
    this.#jobs.start(kind, NAMES[kind], (name, data, revision) => {
      if (name === 'map') {
        this.#maps.set(kind, { ...data, revision, key, ...scale(data.values) });
        this.#draw();
      } else if (name === 'ended') {
        this.#ended(kind, data);
      } else if (name === 'failed') {
        element('map-text').textContent = `No ${NAMES[kind]}: ${data.message}`;
      }
    });
  }

  #ended(kind, { how, seconds }) {
    if (how === 'done') {
      this.#maps.get(kind).seconds = seconds;
    }
    this.#draw();
    if (how !== 'done' && this.#shown === kind && !this.shown) {
      element('map-text').textContent = `The ${NAMES[kind]} was stopped.`;
      element('map-again').hidden = false;
    }
  }

  #draw() {
    const map = this.shown;
    const fits = map && map.canvas.width === this.#picture.width && map.canvas.height === this.#picture.height;
    element('overlay').hidden = !fits;
    element('bar').hidden = !fits;
    element('map-csv').disabled = !fits;
    element('map-again').hidden = !map || !this.#stale();
    if (!map && this.#shown === 'none') {
      element('map-text').textContent = NONE;
    }
    if (fits) {
      this.#paint(map);
      this.#text(map);
    }
    this.hover(this.#place);
  }

  #paint(map) {
    const canvas = element('overlay');
    canvas.width = map.canvas.width;
    canvas.height = map.canvas.height;
    const context = canvas.getContext('2d');
    const image = context.createImageData(canvas.width, canvas.height);
    const scale = (this.#colors.length - 1) / 2;
    map.values.forEach((value, i) => {
      const at = map.end === 0 ? 0 : Math.max(-1, Math.min(1, value / map.end));
      const color = this.#colors[Math.round(scale * (1 + at))];
      image.data.set([color >> 16, color >> 8 & 255, color & 255, 255], 4 * i);
    });
    context.putImageData(image, 0, 0);
    const [low, high] = this.#shown === 'gradient' ? ['lighter is more cat', 'lighter is less cat'] : ['towards the target', 'away from the target'];
    element('bar-low').textContent = `${low} ${number(-map.end)}`;
    element('bar-high').textContent = `+${number(map.end)} ${high}`;
    element('bar-unit').textContent = `(${map.unit})`;
  }

  #bar() {
    const canvas = element('bar-colors');
    canvas.width = this.#colors.length;
    const context = canvas.getContext('2d');
    const image = context.createImageData(canvas.width, 1);
    this.#colors.forEach((color, i) => image.data.set([color >> 16, color >> 8 & 255, color & 255, 255], 4 * i));
    context.putImageData(image, 0, 0);
  }

  #text(map) {
    const stale = this.#stale() ? 'Of an earlier image or model. ' : '';
    const options = map.options ? ` (${map.options})` : '';
    const took = map.seconds === undefined ? '' : `, ${number(map.seconds, 1)} s`;
    const zero = map.largest === 0 ? ' Zero everywhere: nothing stands out.'
      : map.largest > map.end ? ` Colours end at ${number(map.end)}; the strongest pixel has ${number(map.largest)}.` : '';
    element('map-text').textContent = `${stale}By ${map.model}${options}${took}: ${map.meaning}.${zero}`;
  }

  /** Says what is at a pixel; null for none. */
  hover(place) {
    this.#place = place;
    if (!place) {
      element('hover').textContent = 'Point at a pixel, or press the arrow keys.';
      return;
    }
    const { width, levels } = this.#picture;
    const at = place.y * width + place.x;
    const parts = [`x ${place.x}, y ${place.y}: ${isGray(levels[at]) ? 'gray ' : ''}${name(levels[at])}`];
    const probe = this.#maps.get('probe');
    if (probe && probe.canvas.width === width && probe.values.length === levels.length) {
      parts.push(this.#predicted(probe, at));
    }
    const map = this.shown;
    if (map && map !== probe && map.values.length === levels.length) {
      parts.push(`${NAMES[this.#shown]} ${number(map.values[at], 4)}`);
    }
    element('hover').textContent = parts.join(' · ');
  }

  #predicted(probe, at) {
    if (probe.revision !== this.#picture.revision || probe.key !== this.#key()) {
      return 'the probe map is of an earlier image';
    }
    const logit = this.#score.last.first.logit + probe.values[at];
    const colour = isDark(this.#picture.ink) ? 'black' : 'white';
    return `${colour} here: Δlogit ${number(probe.values[at], 4)}, p(target) ${number(1 / (1 + Math.exp(logit)))}`;
  }
}
