package org.whisker.chart.kit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Joins consecutive lines that share an end point into one polyline: otherwise a curve of a
 * thousand steps would be a thousand elements, which would dominate the size of a page.
 */
final class JoinedLines {
  private static final Pattern LINE =
      Pattern.compile(
          "<line style=\"([^\"]*)\" x1=\"([^\"]*)\" x2=\"([^\"]*)\" y1=\"([^\"]*)\""
              + " y2=\"([^\"]*)\"/>");

  private JoinedLines() {}

  /** The same drawing; dashed lines are left unchanged, since each restarts its dash pattern. */
  static String in(String svg) {
    StringBuilder out = new StringBuilder(svg.length());
    Matcher line = LINE.matcher(svg);
    int done = 0;
    while (line.find(done)) {
      out.append(svg, done, line.start());
      done = line.group(1).contains("dasharray") ? single(line, out) : chain(svg, line, out);
    }
    return out.append(svg, done, svg.length()).toString();
  }

  private static int single(Matcher line, StringBuilder out) {
    out.append(line.group());
    return line.end();
  }

  /** Writes the connected lines from this one on, and returns the position after the last. */
  private static int chain(String svg, Matcher first, StringBuilder out) {
    String style = first.group(1);
    StringBuilder points = new StringBuilder();
    points.append(first.group(2)).append(',').append(first.group(4));
    String alone = first.group();
    String end = first.group(3) + "," + first.group(5);
    points.append(' ').append(end);
    int done = first.end();
    int lines = 1;
    Matcher next = LINE.matcher(svg);
    while (next.region(done, svg.length()).lookingAt()
        && next.group(1).equals(style)
        && end.equals(next.group(2) + "," + next.group(4))) {
      end = next.group(3) + "," + next.group(5);
      points.append(' ').append(end);
      done = next.end();
      lines++;
    }
    out.append(
        lines == 1 ? alone : "<polyline style=\"" + style + "\" points=\"" + points + "\"/>");
    return done;
  }
}
