// A small chart of p(target), as SVG.

const SVG = 'http://www.w3.org/2000/svg';
const HEIGHT = 120;
const LEFT = 34;

function make(name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  if (text !== undefined) {
    made.textContent = text;
  }
  return made;
}

/**
 * Draws series of points [x, p] from x = low to high.
 *
 * @param series objects with points and a class: first or second for lines, point or now for dots
 */
export function chart(place, series, low, high, xLabel) {
  const width = Math.max(160, place.clientWidth || 360);
  const box = { left: LEFT, right: width - 8, top: 6, bottom: HEIGHT - 28 };
  const x = v => box.left + (v - low) / Math.max(1e-9, high - low) * (box.right - box.left);
  const y = p => box.bottom - p * (box.bottom - box.top);
  const svg = make('svg', { class: 'chart', viewBox: `0 0 ${width} ${HEIGHT}`, role: 'img', 'aria-label': `p(target) by ${xLabel}` });
  svg.append(make('path', { class: 'axis', d: `M${box.left} ${box.top}V${box.bottom}H${box.right}` }));
  svg.append(make('line', { class: 'half-line', x1: box.left, x2: box.right, y1: y(0.5), y2: y(0.5) }));
  for (const [p, label] of [[0, '0'], [0.5, '½'], [1, '1']]) {
    svg.append(make('text', { x: box.left - 5, y: y(p) + 4, 'text-anchor': 'end' }, label));
  }
  svg.append(make('text', { x: 10, y: (box.top + box.bottom) / 2, 'text-anchor': 'middle', transform: `rotate(-90 10 ${(box.top + box.bottom) / 2})` }, 'p(target)'));
  svg.append(make('text', { x: box.left, y: box.bottom + 13 }, String(low).replace('-', '−')));
  svg.append(make('text', { x: box.right, y: box.bottom + 13, 'text-anchor': 'end' }, String(high)));
  svg.append(make('text', { x: (box.left + box.right) / 2, y: box.bottom + 24, 'text-anchor': 'middle' }, xLabel));
  for (const { points, kind } of series) {
    if (kind === 'first' || kind === 'second') {
      const d = points.map(([at, p], i) => `${i ? 'L' : 'M'}${x(at).toFixed(1)} ${y(p).toFixed(1)}`).join('');
      svg.append(make('path', { class: kind, d: d || 'M0 0' }));
    } else {
      points.forEach(([at, p]) => {
        const dot = make('circle', { class: kind, cx: x(at).toFixed(1), cy: y(p).toFixed(1), r: kind === 'now' ? 3.5 : 2 });
        dot.append(make('title', {}, `${at}: p(target) ${p.toFixed(3)}`));
        svg.append(dot);
      });
    }
  }
  place.replaceChildren(svg);
}
