// The image: a colour a pixel, 0xrrggbb, and how it was before.

const MOST_UNDONE = 200;
export const WHITE = 0xffffff;

function channels(rgb) {
  return [rgb >> 16, rgb >> 8 & 255, rgb & 255];
}

function distance(a, b) {
  const other = channels(b);
  return channels(a).reduce((sum, value, i) => sum + Math.abs(value - other[i]), 0);
}

/** Whether a colour is a gray. */
export function isGray(rgb) {
  return (rgb & 255) * 0x010101 === rgb;
}

/** Whether it is nearer to black than to white. */
export function isDark(rgb) {
  const [red, green, blue] = channels(rgb);
  return 299 * red + 587 * green + 114 * blue < 127500;
}

/** For people: a gray from 0 to 255, or a colour such as #ff8000; the server takes it, too. */
export function name(rgb) {
  return isGray(rgb) ? `${rgb & 255}` : `#${rgb.toString(16).padStart(6, '0')}`;
}

/** The colour of that name. */
export function named(text) {
  return `${text}`.startsWith('#') ? parseInt(text.slice(1), 16) : Number(text) * 0x010101;
}

/** One byte a pixel where all is gray, else planes of red, green and blue. */
export function toBytes(levels) {
  const { length } = levels;
  const bytes = new Uint8Array(levels.every(isGray) ? length : 3 * length);
  for (let at = 0, shift = bytes.length > length ? 16 : 0; at < bytes.length; at += length, shift -= 8) {
    for (let i = 0; i < length; i++) {
      bytes[at + i] = levels[i] >> shift;
    }
  }
  return bytes;
}

/** Colours of what the server sends. */
export function fromBytes(bytes, pixels) {
  const levels = new Uint32Array(pixels);
  const plane = bytes.length > pixels ? pixels : 0;
  for (let i = 0; i < pixels; i++) {
    levels[i] = bytes[i] << 16 | bytes[plane + i] << 8 | bytes[2 * plane + i];
  }
  return levels;
}

/** Draws colours on a canvas of their size. */
export function draw(canvas, width, height, levels) {
  const context = canvas.getContext('2d');
  const image = context.createImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  for (let i = 0; i < levels.length; i++) {
    const rgb = levels[i];
    pixels[i] = 0xff000000 | (rgb & 255) << 16 | rgb & 0xff00 | rgb >> 16;
  }
  context.putImageData(image, 0, 0);
}

export class Picture extends EventTarget {
  width = 1;
  height = 1;
  levels = new Uint32Array(1);
  background = WHITE;
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

  /** A square of that colour, its middle at a pixel; nothing is told. */
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
    const levels = new Uint32Array(this.levels.length);
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
    const moved = new Uint32Array(levels.length);
    for (let y = 0; y < height; y++) {
      const from = ((y - dy) % height + height) % height * width;
      for (let x = 0; x < width; x++) {
        moved[y * width + x] = levels[from + ((x - dx) % width + width) % width];
      }
    }
    return moved;
  }

  /** In other colours: what is canvas or ink stays so, any other colour stays as it is. */
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
      if (distance(level, this.ink) < distance(level, this.background)) {
        all.push(i);
      }
    });
    return all;
  }
}
