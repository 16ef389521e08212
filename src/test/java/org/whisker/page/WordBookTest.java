package org.whisker.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.whisker.page.HtmlView.WordBook;

class WordBookTest {
  /** A long path from (x, y): ten curves and a way back. */
  private static String path(double x, double y) {
    StringBuilder d = new StringBuilder("M" + x + "," + y);
    for (int i = 1; i <= 10; i++) {
      d.append(" Q%s,%s %s,%s".formatted(x + i, y - i, x + i + 0.5, y + 0.25));
    }
    return "<path d=\"" + d + " Z\" style=\"fill:red\"/>";
  }

  @Test
  void theSameShapeElsewhereIsKeptOnce() {
    WordBook book = new WordBook();
    String two = book.shortened("<svg>" + path(10, 20) + path(310.5, 7) + "</svg>");
    assertEquals(
        "<svg><use xlink:href=\"#w0\" x=\"10.0\" y=\"20.0\" style=\"fill:red\"/>"
            + "<use xlink:href=\"#w0\" x=\"310.5\" y=\"7.0\" style=\"fill:red\"/></svg>",
        two);
    assertEquals(1, book.shapes().split("<path ", -1).length - 1);
  }

  @Test
  void pointsAreCountedFromTheOneBefore() {
    WordBook book = new WordBook();
    book.shortened(path(5, 5));
    assertTrue(
        book.shapes().startsWith("<path id=\"w0\" d=\"m0 0q1-1 1.5 .3q.5-2.3 1 0"), book.shapes());
  }

  @Test
  void shortPathsAndStrangeOnesStay() {
    WordBook book = new WordBook();
    String line = "<path d=\"M1,2 L3,4\"/>";
    String arc = path(1, 2).replace(" Z", " A1,1 0 0 1 5,5");
    assertEquals(line, book.shortened(line));
    assertEquals(arc, book.shortened(arc));
    assertFalse(book.shapes().contains("path"));
  }
}
