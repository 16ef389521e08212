// Photos in; links, command lines, PNG and CSV out.

import { fragment, fromBase64, post, postFile, postForBlob } from './api.js';
import { fromBytes, name, named } from './picture.js';

const element = id => document.getElementById(id);

function save(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/** A colour by its name, in words. */
function said(colour) {
  return colour.startsWith('#') ? colour : `gray ${colour}`;
}

function saveCsv(header, rows, name) {
  save(new Blob([[header, ...rows].map(row => row.join(',') + '\n').join('')], { type: 'text/csv' }), name);
}

export class Share {
  #picture;
  #state;
  #failed;

  constructor(picture, state, score, maps, failed) {
    this.#picture = picture;
    this.#state = state;
    this.#failed = failed;
    const click = (id, act) => element(id).addEventListener('click', () => this.#guarded(act));
    element('photo').addEventListener('change', e => this.#guarded(() => this.#photo(e.target)));
    element('tones').addEventListener('change', e => this.#tones(e.target.value));
    click('png', async () => save(await postForBlob('/api/png', state().body), 'picture.png'));
    click('csv', () => saveCsv(['run', 'x', 'y'],
      picture.inked().map(i => [1, i % picture.width, Math.floor(i / picture.width)]), 'pixels.csv'));
    click('map-csv', () => saveCsv(['x', 'y', 'value'],
      maps.shown.values.map((v, i) => [i % picture.width, Math.floor(i / picture.width), v]), `${maps.shown.kind.toLowerCase()}.csv`));
    click('history-csv', () => saveCsv(
      ['score', 'change', 'model', 'logit', 'p_target', 'beside', 'beside_logit', 'beside_p_target', 'pixels', 'edge_index'],
      score.history.map((h, i) => [i + 1, h.cause, h.model, h.logit, h.p, h.beside, h.besideLogit, h.besideP, h.pixels, h.e]), 'scores.csv'));
    click('link', () => this.#link());
    click('command', async () => this.#copy((await this.#shared()).commands[0].command, 'the command'));
    document.querySelector('#share details').addEventListener('toggle', e => e.target.open && this.#guarded(() => this.#commands()));
    picture.addEventListener('change', () => this.#changed());
  }

  async #guarded(act) {
    try {
      await act();
    } catch (e) {
      this.#failed(e);
    }
  }

  #changed() {
    element('copied').textContent = '';
    document.querySelector('#share details').open = false;
    const [background, ink] = [this.#picture.background, this.#picture.ink].map(name);
    const value = `${background} ${ink}`;
    const tones = element('tones');
    if (![...tones.options].some(option => option.value === value)) {
      tones.append(new Option(`${said(ink)} on ${said(background)}`, value));
    }
    tones.value = value;
  }

  async #photo(input) {
    const file = input.files[0];
    if (file) {
      const read = await postFile(`/api/photo?model=${encodeURIComponent(this.#state().body.model.model)}`, file);
      this.#picture.remember();
      this.#picture.put({ ...read, levels: fromBytes(fromBase64(read.levels), read.width * read.height) }, 'photo');
      input.value = '';
    }
  }

  #tones(value) {
    const [background, ink] = value.split(' ').map(named);
    this.#picture.remember();
    this.#picture.recolor(background, ink);
    this.#picture.changed('grays');
  }

  #shared() {
    return post('/api/code', this.#state().body);
  }

  async #link() {
    const { code } = await this.#shared();
    const link = new URL(location.href);
    link.hash = new URLSearchParams({ token: fragment().get('token'), state: code });
    await this.#copy(link.href, 'the link');
  }

  async #copy(text, what) {
    element('copied').dataset.text = text;
    try {
      await navigator.clipboard.writeText(text);
      element('copied').textContent = `${what} is copied`;
    } catch {
      element('copied').textContent = `the browser forbids copying: ${text}`;
    }
  }

  async #commands() {
    const { commands } = await this.#shared();
    element('commands').replaceChildren(...commands.flatMap(({ what, command }) => {
      const title = document.createElement('div');
      title.textContent = what;
      const code = document.createElement('code');
      code.textContent = command;
      return [title, code];
    }));
  }
}
