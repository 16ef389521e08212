package org.whisker.page;

/** Which texts of a page have less than 4.5 to 1 against what is behind them (WCAG 2, AA). */
public final class Contrast {
  public static final String SCRIPT =
      """
      (function () {
        function rgb(color) {
          var m = color.match(/[\\d.]+/g).map(Number);
          return { c: m.slice(0, 3), a: m.length > 3 ? m[3] : 1 };
        }
        function luminance(c) {
          var l = c.map(function (v) {
            v /= 255;
            return v <= 0.03928 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
          });
          return 0.2126 * l[0] + 0.7152 * l[1] + 0.0722 * l[2];
        }
        function behind(e) {
          for (; e; e = e.parentElement) {
            var b = rgb(getComputedStyle(e).backgroundColor);
            if (b.a > 0) { return b.c; }
          }
          return [255, 255, 255];
        }
        function faint(e, color) {
          var a = luminance(rgb(color).c);
          var b = luminance(behind(e));
          return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < 4.5;
        }
        var root = getComputedStyle(document.documentElement);
        var inks = ['--fig-text', '--fig-muted'].map(function (name) {
          var hex = root.getPropertyValue(name).trim().slice(1);
          return 'rgb(' + [0, 2, 4].map(function (i) {
            return parseInt(hex.slice(i, i + 2), 16);
          }).join(', ') + ')';
        });
        var found = [];
        document.querySelectorAll('body *').forEach(function (e) {
          var style = getComputedStyle(e);
          if (e.closest('#tip, script, .words') || style.visibility === 'hidden') { return; }
          var own = Array.from(e.childNodes).some(function (n) {
            return n.nodeType === 3 && n.textContent.trim() !== '';
          });
          var word = e.tagName === 'use' && inks.indexOf(style.fill) >= 0;
          if ((own && !e.closest('svg') && faint(e, style.color)) ||
              (word && faint(e.closest('.panel, .bar'), style.fill))) {
            found.push(e.tagName + ' ' + e.textContent.slice(0, 40) + ' ' + style.color);
          }
        });
        return found;
      })()
      """;

  private Contrast() {}
}
