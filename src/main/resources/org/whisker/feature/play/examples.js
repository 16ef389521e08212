// Images to begin with: the same dots at the edge and in the middle, and a search.

const DOTS = 12;

const element = id => document.getElementById(id);

/** Places in a band from the border, or in the middle; the same on every visit. */
function places(width, height, isMiddle) {
  const found = [];
  for (let i = 0; i < DOTS; i++) {
    const along = (i + 0.5) / DOTS;
    const turn = 2 * Math.PI * along;
    const reach = isMiddle ? 0.09 + 0.05 * (i % 3) : 1;
    // on a square, so that those at the edge lie on the border
    const scale = isMiddle ? reach : reach / Math.max(Math.abs(Math.cos(turn)), Math.abs(Math.sin(turn)));
    const x = Math.round((0.5 + 0.5 * scale * Math.cos(turn)) * (width - 1));
    const y = Math.round((0.5 + 0.5 * scale * Math.sin(turn)) * (height - 1));
    found.push(y * width + x);
  }
  return found;
}

export class Examples {
  #picture;

  constructor(picture) {
    this.#picture = picture;
    element('example-edge').addEventListener('click', () => this.#dots(false));
    element('example-middle').addEventListener('click', () => this.#dots(true));
    element('example-evolve').addEventListener('click', () => {
      element('evolution').scrollIntoView({ block: 'nearest' });
      if (element('evolve').textContent === 'Start') {
        element('evolve').click();
      }
    });
  }

  #dots(isMiddle) {
    const picture = this.#picture;
    picture.remember();
    picture.levels.fill(picture.background);
    places(picture.width, picture.height, isMiddle).forEach(at => { picture.levels[at] = picture.ink; });
    picture.changed('example');
  }
}
