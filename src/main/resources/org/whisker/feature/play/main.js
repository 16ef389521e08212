// Puts the page together.

import { fragment, fromBase64, listen, post, toBase64 } from './api.js';
import { Canvas } from './canvas.js';
import { Evolution } from './evolution.js';
import { Examples } from './examples.js';
import { Jobs } from './jobs.js';
import { Maps } from './maps.js';
import { fromBytes, name, named, Picture, toBytes } from './picture.js';
import { LiveScore, number } from './score.js';
import { Share } from './share.js';
import { Shifts } from './shifts.js';
import { Tools } from './tools.js';
import { Words } from './words.js';

const element = id => document.getElementById(id);
const picture = new Picture();

function failed(error) {
  element('error').textContent = error.message;
  element('error').hidden = !error.message;
}

function choice(model, padding) {
  return { model: element(model).value, padding: element(padding).value || null };
}

/** An image of the server. */
function read({ width, height, levels }) {
  return { width, height, levels: fromBytes(fromBase64(levels), width * height) };
}

/** The state as the server takes it, and the revision of the image in it. */
function state() {
  const { width, height, levels, background, ink, revision } = picture;
  return {
    revision,
    body: {
      width, height, levels: toBase64(toBytes(levels)), background: name(background), ink: name(ink),
      model: choice('model', 'padding'),
      beside: element('beside').value ? choice('beside', 'beside-padding') : null,
    },
  };
}

function options(select, rows, value) {
  select.replaceChildren(...rows.map(([text, key]) => new Option(text, key)));
  select.value = value;
}

function paddings(id, offer, all, value) {
  const select = element(id);
  const rows = offer?.padding
    ? all.map(each => [each === offer.padding ? `${each} (as trained)` : each, each === offer.padding ? '' : each])
    : [['its own', '']];
  options(select, rows, value ?? '');
  select.disabled = !offer?.padding;
}

class Models {
  #start;
  #ask;
  #words = new Words(id => this.#offer(id)?.target ?? 'cat');

  constructor(start, ask) {
    this.#start = start;
    this.#ask = ask;
    const names = start.models.map(({ name }) => [name, name]);
    options(element('model'), names, start.state.model.model);
    options(element('beside'), [['no second model', ''], ...names], start.state.beside?.model ?? '');
    element('model').addEventListener('change', () => this.#changed('model'));
    element('beside').addEventListener('change', () => this.#changed('beside'));
    element('padding').addEventListener('change', () => ask('padding'));
    element('beside-padding').addEventListener('change', () => ask('padding'));
  }

  #offer(id) {
    return this.#start.models.find(({ name }) => name === element(id).value);
  }

  show({ model, beside }) {
    element('model').value = model.model;
    element('beside').value = beside?.model ?? '';
    this.#paddings(model.padding, beside?.padding);
  }

  #paddings(first, second) {
    const colours = ['model', 'beside'].some(id => this.#offer(id)?.planes > 1);
    ['colours', 'colour'].forEach(id => { element(id).hidden = !colours; });
    this.#words.refresh();
    paddings('padding', this.#offer('model'), this.#start.paddings, first);
    paddings('beside-padding', this.#offer('beside'), this.#start.paddings, second);
    element('beside-padding-label').hidden = !element('beside').value;
  }

  async #changed(which) {
    this.#paddings(which === 'model' ? '' : element('padding').value, which === 'beside' ? '' : element('beside-padding').value);
    const offer = this.#offer('model');
    if (offer.width !== picture.width || offer.height !== picture.height) {
      try {
        const fitted = await post('/api/fit', state().body);
        picture.remember();
        picture.put(read(fitted), 'model');
        return;
      } catch (e) {
        failed(e);
      }
    }
    this.#ask('model');
  }
}

/** The image and models survive a reload, in this tab alone. */
const KEPT = `whisker-play ${fragment().get('token')}`;

function keep() {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(state().body));
  } catch {
    // a browser that keeps nothing opens as before
  }
}

function kept(start) {
  try {
    const before = JSON.parse(sessionStorage.getItem(KEPT));
    const offered = [before.model.model, before.beside?.model ?? before.model.model];
    return offered.every(each => start.models.some(({ name }) => name === each)) ? before : null;
  } catch {
    return null;
  }
}

async function opened(start) {
  const code = fragment().get('state');
  return code ? post('/api/open', { code }) : kept(start) ?? start.state;
}

function speak(score) {
  let timer = 0;
  score.onScore(scores => {
    clearTimeout(timer);
    timer = setTimeout(() => { element('live').textContent = `p(target) ${number(scores.first.p_target)}`; }, 700);
  });
}

async function main() {
  const start = await post('/api/page');
  const score = new LiveScore(state, failed);
  const jobs = new Jobs(state, failed);
  const ask = cause => {
    keep();
    score.ask({ cause, at: performance.now() });
  };
  const models = new Models(start, ask);
  const tools = new Tools(picture);
  const key = () => [element('model').value, element('padding').value].join(' ');
  const maps = new Maps(picture, jobs, score, start.colors, key);
  const canvas = new Canvas(picture, tools, place => maps.hover(place));
  new Shifts(picture, jobs, score, state, failed);
  new Evolution(picture, jobs);
  new Examples(picture);
  new Share(picture, state, score, maps, failed);
  speak(score);
  picture.addEventListener('change', e => {
    element('size').textContent = `${picture.width} × ${picture.height} pixels`;
    document.body.dataset.picture = picture.revision;
    keep();
    score.ask(e.detail);
  });
  score.onScore(() => failed({ message: '' }));
  const show = async () => {
    const shown = await opened(start);
    models.show(shown);
    picture.put({ ...read(shown), background: named(shown.background), ink: named(shown.ink) }, 'opened');
  };
  window.addEventListener('hashchange', () => show().catch(failed));
  listen((name, data) => jobs.heard(name, data), message => failed({ message }));
  await show();
  canvas.draw();
}

main().catch(failed);
