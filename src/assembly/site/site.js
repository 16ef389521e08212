// Searches the sections of all pages (sections.js); works from files, without a server.
(function () {
  var input = document.querySelector('input[type=search]');
  var found = document.getElementById('found');
  var root = document.body.dataset.root;
  var most = 20;

  function snippet(text, word) {
    var at = Math.max(0, text.toLowerCase().indexOf(word) - 40);
    return (at > 0 ? '…' : '') + text.substr(at, 140) + '…';
  }

  function rank(section, words) {
    var title = section[1].toLowerCase();
    var text = section[2].toLowerCase();
    var sum = 0;
    for (var i = 0; i < words.length; i++) {
      if (title.indexOf(words[i]) >= 0) {
        sum += 10;
      } else if (text.indexOf(words[i]) >= 0) {
        sum += 1;
      } else {
        return 0;
      }
    }
    return sum;
  }

  function show(words) {
    found.textContent = '';
    var hits = SECTIONS.map(function (s) { return { section: s, rank: rank(s, words) }; })
      .filter(function (hit) { return hit.rank > 0; })
      .sort(function (a, b) { return b.rank - a.rank; });
    hits.slice(0, most).forEach(function (hit) {
      var link = document.createElement('a');
      link.href = root + hit.section[0];
      link.textContent = hit.section[1];
      var small = document.createElement('small');
      small.textContent = snippet(hit.section[2], words[0]);
      link.appendChild(small);
      found.appendChild(link);
    });
    if (hits.length === 0) {
      found.textContent = 'Nothing found';
    }
  }

  input.addEventListener('input', function () {
    var words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0) {
      found.textContent = '';
    } else {
      show(words);
    }
  });
})();
