// The image: one level a pixel, 0 black to 255 white, and how it was before.

const MOST_UNDONE = 200;

export class Picture extends EventTarget {
  width = 1;
  height = 1;
  levels = new Uint8Array(1);
  background = 255;
  ink = 0;
  /** Grows with every change. */
  revision = 0;
  #before = [];
  #after = [];

  #keep() {
    return { width: this.width, height: this.height, levels: this.levels.slice(), background: this.background, ink: this.ink };
  }

  /** To be called before a change that can be undone as one. */
  remember() {
    this.#before.push(this.#keep());
    if (this.#before.length > MOST_UNDONE) {
      this.#before.shift();
    }
    this.#after = [];
  }

  get canUndo() { return this.#before.length > 0; }
  get canRedo() { return this.#after.length > 0; }

  undo() { this.#step(this.#before, this.#after); }
  redo() { this.#step(this.#after, this.#before); }

  #step(from, to) {
    const other = from.pop();
    if (other) {
      to.push(this.#keep());
      this.put(other);
    }
  }

  /** Takes over another image; cause is a word for the history of scores. */
  put(other, cause = 'undo') {
    Object.assign(this, { width: other.width, height: other.height, levels: other.levels.slice() });
    this.background = other.background ?? this.background;
    this.ink = other.ink ?? this.ink;
    this.changed(cause);
  }

  changed(cause, detail = {}) {
    this.revision++;
    this.dispatchEvent(new CustomEvent('change', { detail: { cause, at: performance.now(), ...detail } }));
  }

  /** A square of that level, its middle at a pixel; nothing is told. */
  dab(x, y, level, width) {
    const left = x - Math.floor((width - 1) / 2);
    const top = y - Math.floor((width - 1) / 2);
    for (let row = Math.max(0, top); row < Math.min(this.height, top + width); row++) {
      this.levels.fill(level, row * this.width + Math.max(0, left), row * this.width + Math.min(this.width, left + width));
    }
  }

  /** All pixels of a line from one to the other (Bresenham). */
  line(x0, y0, x1, y1, level, width) {
    const dx = Math.abs(x1 - x0);
    const dy = -Math.abs(y1 - y0);
    let error = dx + dy;
    for (;;) {
      this.dab(x0, y0, level, width);
      if (x0 === x1 && y0 === y1) {
        return;
      }
      const twice = 2 * error;
      if (twice >= dy) { error += dy; x0 += Math.sign(x1 - x0); }
      if (twice <= dx) { error += dx; y0 += Math.sign(y1 - y0); }
    }
  }

  #mapped(from) {
    const levels = new Uint8Array(this.levels.length);
    for (let y = 0; y < this.height; y++) {
      for (let x = 0; x < this.width; x++) {
        levels[y * this.width + x] = from(x, y);
      }
    }
    return levels;
  }

  mirrored(leftRight) {
    const { width, height, levels } = this;
    return this.#mapped((x, y) => leftRight ? levels[y * width + width - 1 - x] : levels[(height - 1 - y) * width + x]);
  }

  /** Moved to the right and down; what leaves comes in on the other side. */
  static rolled({ width, height, levels }, dx, dy) {
    const moved = new Uint8Array(levels.length);
    for (let y = 0; y < height; y++) {
      const from = ((y - dy) % height + height) % height * width;
      for (let x = 0; x < width; x++) {
        moved[y * width + x] = levels[from + ((x - dx) % width + width) % width];
      }
    }
    return moved;
  }

  /** In other grays: what is canvas or ink stays so, any other gray stays as it is. */
  recolor(background, ink) {
    const { levels } = this;
    for (let i = 0; i < levels.length; i++) {
      levels[i] = levels[i] === this.background ? background : levels[i] === this.ink ? ink : levels[i];
    }
    this.background = background;
    this.ink = ink;
  }

  /** The indices of pixels that are nearer to the ink. */
  inked() {
    const all = [];
    this.levels.forEach((level, i) => {
      if (Math.abs(level - this.ink) < Math.abs(level - this.background)) {
        all.push(i);
      }
    });
    return all;
  }
}
