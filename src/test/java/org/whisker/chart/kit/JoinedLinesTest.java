package org.whisker.chart.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class JoinedLinesTest {
  private static String line(String style, int x1, int y1, int x2, int y2) {
    return "<line style=\"%s\" x1=\"%s\" x2=\"%s\" y1=\"%s\" y2=\"%s\"/>"
        .formatted(style, x1, x2, y1, y2);
  }

  @Test
  void linesThatGoOnAreOne() {
    String drawing =
        "<g>" + line("s", 0, 1, 2, 1) + line("s", 2, 1, 2, 5) + line("s", 2, 5, 3, 5) + "</g>";
    assertEquals(
        "<g><polyline style=\"s\" points=\"0,1 2,1 2,5 3,5\"/></g>",
        SvgDrawing.joinedLines(drawing));
  }

  @Test
  void othersAreLeftAsTheyAre() {
    for (String drawing :
        new String[] {
          line("s", 0, 0, 1, 1) + line("s", 2, 2, 3, 3),
          line("s", 0, 0, 1, 1) + line("t", 1, 1, 3, 3),
          line("s", 0, 0, 1, 1) + "<g>" + line("s", 1, 1, 3, 3) + "</g>",
          line("stroke-dasharray:2", 0, 0, 1, 1) + line("stroke-dasharray:2", 1, 1, 3, 3),
          "<rect/>"
        }) {
      assertEquals(drawing, SvgDrawing.joinedLines(drawing));
    }
  }
}
