// The tool that is chosen, the width of a stroke, undo and redo.

import { named } from './picture.js';

const element = id => document.getElementById(id);
const KEYS = { b: 'black', w: 'white', g: 'gray', c: 'colour', e: 'erase', m: 'move' };

export class Tools {
  tool = 'black';
  width = 1;
  colour = named(element('colour').value);
  #picture;

  constructor(picture) {
    this.#picture = picture;
    element('pens').addEventListener('change', e => this.choose(e.target.value));
    element('colour').addEventListener('input', e => {
      this.colour = named(e.target.value);
      this.choose('colour');
    });
    element('width').addEventListener('change', e => { this.width = Number(e.target.value); });
    element('undo').addEventListener('click', () => picture.undo());
    element('redo').addEventListener('click', () => picture.redo());
    element('clear').addEventListener('click', () => {
      picture.remember();
      picture.levels = new Uint32Array(picture.levels.length).fill(picture.background);
      picture.changed('clear');
    });
    picture.addEventListener('change', () => this.#buttons());
    document.addEventListener('keydown', e => this.#undoKeys(e));
    this.#buttons();
  }

  #buttons() {
    element('undo').disabled = !this.#picture.canUndo;
    element('redo').disabled = !this.#picture.canRedo;
  }

  choose(tool) {
    this.tool = tool;
    document.querySelector(`#pens [value=${tool}]`).checked = true;
    element('picture').classList.toggle('move', tool === 'move');
  }

  /** A letter on the canvas chooses a tool. */
  key(event) {
    const tool = KEYS[event.key.toLowerCase()];
    if (tool && !(tool === 'colour' && element('colours').hidden) && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      this.choose(tool);
    }
  }

  #undoKeys(event) {
    if (!(event.ctrlKey || event.metaKey) || event.target.matches('input[type=number], input[type=text]')) {
      return;
    }
    const key = event.key.toLowerCase();
    if (key === 'z' && !event.shiftKey) {
      event.preventDefault();
      this.#picture.undo();
    } else if (key === 'y' || (key === 'z' && event.shiftKey)) {
      event.preventDefault();
      this.#picture.redo();
    }
  }
}
