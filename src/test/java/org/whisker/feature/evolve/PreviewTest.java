package org.whisker.feature.evolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.whisker.command.TestEnvironment;
import org.whisker.feature.evolve.Preview.BestPreview;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;

class PreviewTest {
  @Test
  void aDotForEachPixelOfASmallCanvas() {
    Canvas canvas = Canvas.square(48);
    BlackPixels image =
        BlackPixels.of(canvas, canvas.index(0, 0), canvas.index(3, 7), canvas.index(47, 47));
    String[] lines = Preview.draw(image);
    assertEquals(12 + 2, lines.length);
    for (String line : lines) {
      assertEquals(24 + 2, line.length());
    }
    assertEquals('\u2801', lines[1].charAt(1)); // dot 1: top left
    assertEquals('\u2880', lines[2].charAt(2)); // dot 8: bottom right
    assertEquals('\u2880', lines[12].charAt(24));
    long dots = String.join("", lines).chars().filter(c -> c > 0x2800 && c < 0x2900).count();
    assertEquals(3, dots);
  }

  @Test
  void keepsInsideItsFrameWhateverTheShape() {
    for (Canvas canvas :
        new Canvas[] {new Canvas(1, 500), new Canvas(500, 1), Canvas.square(299)}) {
      BlackPixels corners = BlackPixels.of(canvas, 0, canvas.pixels() - 1);
      String[] lines = Preview.draw(corners);
      assertTrue(lines.length >= 3 && lines.length <= 18, canvas + ": " + lines.length);
      assertEquals('\u2801', lines[1].charAt(1) & '\u2801', canvas.toString());
    }
  }

  @Test
  void drawsOverItselfAtMostOnceASecondAndGoesAway() {
    AtomicLong clock = new AtomicLong();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    BlackPixels image = BlackPixels.of(Canvas.square(16), 5);
    try (Preview preview = new Preview(err, clock::get)) {
      preview.show(image);
      String first = bytes.toString(StandardCharsets.UTF_8);
      assertTrue(first.startsWith("\r\u001b[K\u250c"), first);
      assertEquals(14, first.chars().filter(c -> c == '\n').count());
      clock.set(999_999_999);
      preview.show(image);
      assertEquals(first, bytes.toString(StandardCharsets.UTF_8));
      clock.set(1_000_000_000);
      preview.show(image);
      String second = bytes.toString(StandardCharsets.UTF_8).substring(first.length());
      assertTrue(second.startsWith("\r\u001b[K\u001b[14A\u250c"), second);
    }
    assertTrue(bytes.toString(StandardCharsets.UTF_8).endsWith("\r\u001b[K\u001b[14A\u001b[J"));
  }

  @Test
  void thereIsNoneWithoutATerminal() {
    assertFalse(Preview.possible(new TestEnvironment(Path.of("")).environment()));
  }

  @Test
  void ofSeveralSearchesTheOneAheadIsShownUntilAllHaveEnded() {
    AtomicLong clock = new AtomicLong();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    BestPreview preview = new BestPreview(new Preview(err, clock::get));
    BestPreview.Lane behind = preview.lane();
    BestPreview.Lane ahead = preview.lane();
    BlackPixels image = BlackPixels.of(Canvas.square(16), 5);
    ahead.show(0.5, image);
    String first = bytes.toString(StandardCharsets.UTF_8);
    clock.addAndGet(2_000_000_000);
    behind.show(0.25, BlackPixels.of(Canvas.square(16), 200));
    assertEquals(first, bytes.toString(StandardCharsets.UTF_8));
    ahead.end();
    assertEquals(first, bytes.toString(StandardCharsets.UTF_8));
    behind.show(0.25, BlackPixels.of(Canvas.square(16), 200));
    assertFalse(bytes.toString(StandardCharsets.UTF_8).endsWith("\u001b[J"));
    behind.end();
    assertTrue(bytes.toString(StandardCharsets.UTF_8).endsWith("\u001b[J"));
  }
}
