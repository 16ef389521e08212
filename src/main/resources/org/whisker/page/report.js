(function () {
  'use strict';
  document.documentElement.classList.add('js');

  // tables: a button in each column's head sorts by it, numbers as numbers, empty cells last
  function value(cell) {
    var text = cell.hasAttribute('data-sort') ? cell.getAttribute('data-sort') : cell.textContent;
    text = text.trim();
    var plain = text.replace(/\u2212/g, '-').replace(/^[<>\u2248]\s*/, '');
    return { text: text, number: plain === '' ? NaN : parseFloat(plain) };
  }

  // a block of rows that stay together is sorted by the best of their values
  function key(part, column, pick) {
    var cells = part.matches('tbody')
      ? Array.from(part.querySelectorAll('[data-column="' + column + '"]'))
      : [part.children[column]];
    return cells.map(value).reduce(function (best, next) {
      if (isNaN(best.number) || isNaN(next.number)) { return isNaN(best.number) && next.text !== '' && best.text === '' ? next : best; }
      return (pick === 'max' ? next.number > best.number : next.number < best.number) ? next : best;
    });
  }

  function compare(a, b, numeric, sign) {
    if (a.text === '' || b.text === '') {
      return (a.text === '' ? 1 : 0) - (b.text === '' ? 1 : 0);
    }
    return sign * (numeric ? a.number - b.number : a.text.localeCompare(b.text, 'en'));
  }

  document.querySelectorAll('table.sortable').forEach(function (table) {
    var heads = Array.from(table.tHead.rows[0].cells);
    heads.forEach(function (head, column) {
      head.querySelector('button').addEventListener('click', function () {
        var down = head.getAttribute('aria-sort') === 'ascending';
        heads.forEach(function (other) { other.removeAttribute('aria-sort'); });
        head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
        var blocks = table.tBodies.length > 1;
        var home = blocks ? table : table.tBodies[0];
        var parts = Array.from(blocks ? table.tBodies : home.rows);
        var rows = parts.map(function (part) {
          return { row: part, key: key(part, column, head.getAttribute('data-pick')) };
        });
        var numeric = rows.every(function (r) { return r.key.text === '' || !isNaN(r.key.number); });
        rows.sort(function (a, b) { return compare(a.key, b.key, numeric, down ? -1 : 1); });
        rows.forEach(function (r) { home.appendChild(r.row); });
      });
    });
  });

  // heatmaps: the value under the pointer, or under the cell that the arrow keys move
  var tip = document.getElementById('tip');
  var steps = 65534;

  function decode(base64) {
    var raw = atob(base64);
    var codes = new Uint16Array(raw.length / 2);
    for (var i = 0; i < codes.length; i++) {
      codes[i] = raw.charCodeAt(2 * i) | (raw.charCodeAt(2 * i + 1) << 8);
    }
    return codes;
  }

  document.querySelectorAll('.panel[data-values]').forEach(function (panel) {
    var data = panel.dataset;
    var columns = +data.columns;
    var rows = +data.rows;
    var box = data.box.split(',').map(Number);
    var min = +data.min;
    var max = +data.max;
    var step = +data.step || 1;
    var codes = null;
    var at = null;
    var cell = document.createElement('span');
    cell.className = 'cell';

    function place(at) { return step === 1 ? at : at * step + '\u2013' + (at * step + step - 1); }

    function value(x, y) {
      codes = codes || decode(data.values);
      var code = codes[y * columns + x];
      if (code > steps) { return 'not measured'; }
      var v = min + (max - min) * code / steps;
      var text = Math.abs(v) < (max - min) / steps ? '0' : String(+v.toPrecision(4));
      return text.replace('-', '\u2212') + ' ' + data.unit;
    }

    function show(x, y) {
      at = [x, y];
      cell.style.left = box[0] + box[2] * x / columns + '%';
      cell.style.top = box[1] + box[3] * y / rows + '%';
      cell.style.width = box[2] / columns + '%';
      cell.style.height = box[3] / rows + '%';
      panel.appendChild(cell);
      tip.textContent = 'x ' + place(x) + ', y ' + place(y) + ': ' + value(x, y);
      var spot = cell.getBoundingClientRect();
      var size = tip.getBoundingClientRect();
      var left = Math.min(spot.right + 12, document.documentElement.clientWidth - size.width - 8);
      var top = spot.top - size.height - 10;
      tip.style.left = Math.max(8, left) + 'px';
      tip.style.top = (top < 4 ? spot.bottom + 12 : top) + 'px';
      tip.style.visibility = 'visible';
    }

    function hide() {
      tip.style.visibility = 'hidden';
      cell.remove();
    }

    function point(event) {
      var r = panel.getBoundingClientRect();
      var x = Math.floor(((event.clientX - r.left) / r.width * 100 - box[0]) / box[2] * columns);
      var y = Math.floor(((event.clientY - r.top) / r.height * 100 - box[1]) / box[3] * rows);
      if (x >= 0 && x < columns && y >= 0 && y < rows) { show(x, y); } else { hide(); }
    }

    panel.addEventListener('pointermove', point);
    panel.addEventListener('pointerdown', point);
    panel.addEventListener('pointerleave', hide);
    panel.addEventListener('blur', hide);
    panel.addEventListener('keydown', function (event) {
      var move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (event.key === 'Escape') { hide(); }
      if (!move) { return; }
      event.preventDefault();
      var from = at || [columns >> 1, rows >> 1];
      var far = event.shiftKey ? 8 : 1;
      show(Math.min(columns - 1, Math.max(0, from[0] + move[0] * far)),
          Math.min(rows - 1, Math.max(0, from[1] + move[1] * far)));
    });
  });
  window.addEventListener('scroll', function () { tip.style.visibility = 'hidden'; }, { passive: true });

  // paper unfolds nothing by itself
  window.addEventListener('beforeprint', function () {
    document.querySelectorAll('details').forEach(function (d) { d.open = true; });
  });
})();
