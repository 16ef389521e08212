
(function () {
  'use strict';
  var still = window.matchMedia('(prefers-reduced-motion: reduce)');

  // frames: generation:images:p:E:changed pixels as gaps in base 36, joined by semicolons
  function frames(text) {
    var image = {};
    return text.split(';').map(function (frame) {
      var parts = frame.split(':');
      var pixel = 0;
      var come = [];
      (parts[4] === '' ? [] : parts[4].split(' ')).forEach(function (gap) {
        pixel += parseInt(gap, 36);
        if (image[pixel]) { delete image[pixel]; } else { image[pixel] = true; come.push(pixel); }
      });
      return { generation: parts[0], scored: parts[1], p: +parts[2], e: parts[3],
        pixels: Object.keys(image).map(Number), come: come };
    });
  }

  document.querySelectorAll('.replay').forEach(function (replay) {
    var width = +replay.dataset.width;
    var side = +replay.dataset.side;
    var find = replay.querySelector.bind(replay);
    var courses = Array.from(replay.querySelectorAll('.course'));
    var slider = find('input');
    var choice = find('select');
    var button = find('.play');
    var cache = [];
    var run = 0;
    var timer = 0;

    function all() { return cache[run] || (cache[run] = frames(courses[run].dataset.frames)); }

    function squares(pixels, grown) {
      var a = side + 2 * grown;
      return pixels.map(function (pixel) {
        return 'M' + (pixel % width + 0.5 - a / 2) + ' ' + (Math.floor(pixel / width) + 0.5 - a / 2) +
          'h' + a + 'v' + a + 'h-' + a + 'z';
      }).join('');
    }

    function show(at) {
      var list = all();
      var frame = list[at];
      var last = list.length - 1;
      slider.value = at;
      find('.pixels').setAttribute('d', squares(frame.pixels, 0));
      find('.come').setAttribute('d', frame.come.length > 40 ? '' : squares(frame.come, width / 80));
      find('.generation').textContent = frame.generation;
      find('.scored').textContent = frame.scored === '' ? '\u2013' : frame.scored;
      find('.pcat').textContent = frame.p.toFixed(3);
      find('.count').textContent = frame.pixels.length;
      find('.edge').textContent = frame.e === '' ? '\u2013' : (+frame.e).toFixed(2);
      slider.setAttribute('aria-valuetext', 'generation ' + frame.generation + ', ' +
        find('.pcat').previousElementSibling.textContent + ' ' + frame.p.toFixed(3) + ', ' + frame.pixels.length + ' pixels' +
        (frame.e === '' ? '' : ', E ' + (+frame.e).toFixed(2)));
      var x = last === 0 ? 1000 : 1000 * at / last;
      var now = courses[run].querySelector('.now');
      now.setAttribute('x1', x);
      now.setAttribute('x2', x);
    }

    function stop() {
      clearInterval(timer);
      timer = 0;
      button.textContent = 'Play';
      button.setAttribute('aria-pressed', 'false');
    }

    // with reduced motion: ten images, one a second
    function play() {
      var last = all().length - 1;
      var step = still.matches ? Math.max(1, Math.ceil(last / 10)) : Math.max(1, Math.ceil(last / 250));
      var pause = still.matches ? 1000 : Math.max(40, Math.min(400, 8000 * step / Math.max(1, last)));
      if (+slider.value >= last) { show(0); }
      button.textContent = 'Pause';
      button.setAttribute('aria-pressed', 'true');
      timer = setInterval(function () {
        var next = Math.min(last, +slider.value + step);
        show(next);
        if (next >= last) { stop(); }
      }, pause);
    }

    function move(by) {
      stop();
      show(Math.max(0, Math.min(all().length - 1, +slider.value + by)));
    }

    button.addEventListener('click', function () { if (timer) { stop(); } else { play(); } });
    find('.back').addEventListener('click', function () { move(-1); });
    find('.forth').addEventListener('click', function () { move(1); });
    slider.addEventListener('input', function () { stop(); show(+slider.value); });
    if (choice) {
      choice.addEventListener('change', function () {
        stop();
        run = choice.selectedIndex;
        courses.forEach(function (course, i) { course.hidden = i !== run; });
        slider.max = all().length - 1;
        find('.evolved').setAttribute('aria-label', 'Image of ' + choice.value);
        show(all().length - 1);
      });
    }
    replay.addEventListener('keydown', function (event) {
      if (event.key === ' ' && event.target === slider) {
        event.preventDefault();
        button.click();
      }
    });
    show(all().length - 1);
  });
})();
