// The canvas: draws the image and takes strokes by mouse, pen, finger and keyboard.

import { draw, WHITE } from './picture.js';

const element = id => document.getElementById(id);
const LEVELS = { black: 0, white: WHITE, gray: 0x808080 };

export class Canvas {
  #picture;
  #tools;
  #canvas = element('picture');
  #cursor = element('cursor');
  #at = null;
  #stroke = null;

  constructor(picture, tools, hovered) {
    this.#picture = picture;
    this.#tools = tools;
    this.hovered = hovered;
    picture.addEventListener('change', () => this.draw());
    this.#canvas.addEventListener('pointerdown', e => this.#down(e));
    this.#canvas.addEventListener('pointermove', e => this.#move(e));
    this.#canvas.addEventListener('pointerup', e => this.#up(e));
    this.#canvas.addEventListener('pointercancel', e => this.#up(e));
    this.#canvas.addEventListener('pointerleave', () => this.#leave());
    this.#canvas.addEventListener('keydown', e => this.#key(e));
    this.#canvas.addEventListener('blur', () => this.#leave());
    this.#canvas.addEventListener('contextmenu', e => e.preventDefault());
  }

  draw() {
    const { width, height, levels } = this.#picture;
    const canvas = this.#canvas;
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
      this.#at = null;
    }
    draw(canvas, width, height, levels);
  }

  #place(event) {
    const box = this.#canvas.getBoundingClientRect();
    const { width, height } = this.#picture;
    return {
      x: Math.floor((event.clientX - box.left) / box.width * width),
      y: Math.floor((event.clientY - box.top) / box.height * height),
    };
  }

  #level() {
    const { tool, colour } = this.#tools;
    return tool === 'colour' ? colour : LEVELS[tool] ?? this.#picture.background;
  }

  #down(event) {
    if (event.button !== 0) {
      return;
    }
    this.#canvas.setPointerCapture(event.pointerId);
    const place = this.#place(event);
    this.#picture.remember();
    this.#stroke = { id: event.pointerId, last: place, from: place, start: { ...this.#picture, levels: this.#picture.levels.slice() } };
    if (this.#tools.tool !== 'move') {
      this.#paint(place, place, event);
    }
  }

  #move(event) {
    const place = this.#place(event);
    this.point(place);
    if (this.#stroke?.id !== event.pointerId) {
      return;
    }
    if (this.#tools.tool === 'move') {
      this.shift(this.#stroke.start, place.x - this.#stroke.from.x, place.y - this.#stroke.from.y);
      return;
    }
    const parts = event.getCoalescedEvents?.() ?? [];
    for (const part of parts.length ? parts : [event]) {
      const next = this.#place(part);
      this.#picture.line(this.#stroke.last.x, this.#stroke.last.y, next.x, next.y, this.#level(), this.#tools.width);
      this.#stroke.last = next;
    }
    this.#picture.changed('stroke', { began: event.timeStamp });
  }

  #paint(from, to, event) {
    this.#picture.line(from.x, from.y, to.x, to.y, this.#level(), this.#tools.width);
    this.#picture.changed('stroke', { began: event.timeStamp });
  }

  #up(event) {
    if (this.#stroke?.id === event.pointerId) {
      this.#stroke = null;
    }
  }

  /** Shows what an image is when it is moved. */
  shift(start, dx, dy) {
    this.#picture.levels = start.levels.slice();
    this.#picture.levels = this.#picture.constructor.rolled(start, dx, dy);
    this.#picture.changed('move', { shift: { dx, dy } });
  }

  /** Marks a pixel and says what is there. */
  point(place) {
    const { width, height } = this.#picture;
    const inside = place.x >= 0 && place.y >= 0 && place.x < width && place.y < height;
    this.#at = inside ? place : this.#at;
    this.#cursor.hidden = !inside;
    if (inside) {
      const style = this.#cursor.style;
      style.left = `${place.x / width * 100}%`;
      style.top = `${place.y / height * 100}%`;
      style.width = `${100 / width}%`;
      style.height = `${100 / height}%`;
    }
    this.hovered(inside ? place : null);
  }

  #leave() {
    this.#cursor.hidden = true;
    this.hovered(null);
  }

  #key(event) {
    const step = event.shiftKey ? 8 : 1;
    const move = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key];
    const { width, height } = this.#picture;
    const at = this.#at ?? { x: width >> 1, y: height >> 1 };
    if (move && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      this.#arrow(at, move, width, height);
    } else if (event.key === ' ' || event.key === 'Enter') {
      event.preventDefault();
      if (this.#tools.tool !== 'move') {
        this.point(at);
        this.#picture.remember();
        this.#paint(at, at, event);
      }
    } else {
      this.#tools.key(event);
    }
  }

  #arrow(at, [dx, dy], width, height) {
    if (this.#tools.tool === 'move') {
      this.#picture.remember();
      this.shift({ ...this.#picture, levels: this.#picture.levels.slice() }, dx, dy);
      return;
    }
    this.point({
      x: Math.min(width - 1, Math.max(0, at.x + dx)),
      y: Math.min(height - 1, Math.max(0, at.y + dy)),
    });
  }
}
