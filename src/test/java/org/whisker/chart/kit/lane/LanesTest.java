package org.whisker.chart.kit.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.Ticks.Tick;
import org.whisker.chart.kit.lane.LaneMark.IntervalMark;
import org.whisker.chart.kit.lane.LaneMark.IntervalMark.Shape;
import org.whisker.chart.kit.lane.Lanes.LaneRow;
import org.whisker.chart.kit.lane.ValueAxis.LaneSpan;

class LanesTest {
  private static final Color INK = Ink.series(0);
  private static final ValueAxis UNIT = ValueAxis.linear("share", 0, 1).withReference(0.5, 0.1);

  private static Lanes lanes(LaneRow... rows) {
    return lanes(UNIT, rows);
  }

  private static Lanes lanes(ValueAxis axis, LaneRow... rows) {
    return new Lanes("t", List.of(), List.of(Lanes.Block.of(axis, List.of(rows))), List.of());
  }

  private static LaneRow row(LaneMark... marks) {
    return LaneRow.of("row", LaneRow.Lane.of(marks));
  }

  private static int count(Drawing drawing, Color color, int from, int to) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(drawing.png(1).bytes()));
    int count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = from; x < Math.min(to, image.getWidth()); x++) {
        count += image.getRGB(x, y) == color.getRGB() ? 1 : 0;
      }
    }
    return count;
  }

  @Test
  void valuesLieAlongTheAxis() throws IOException {
    Lanes low = lanes(row(new LaneMark.Point(0, "", INK)));
    Lanes high = lanes(row(new LaneMark.Point(1, "", INK)));
    int middle = low.width() - LaneSpan.WIDTH / 2;
    assertTrue(count(low, INK, 0, middle) > 20);
    assertEquals(0, count(low, INK, middle, low.width()));
    assertEquals(0, count(high, INK, 0, middle));
  }

  @Test
  void anIntervalThatIsCutEndsInAnArrow() throws IOException {
    Lanes whole = lanes(row(new IntervalMark(0, 0.5, 1, INK, Shape.DISC)));
    Lanes cut = lanes(row(new IntervalMark(0, 0.5, 1.2, INK, Shape.DISC)));
    int end = whole.width() - 12 + 3;
    assertEquals(0, count(whole, INK, end, whole.width()));
    assertTrue(count(cut, INK, end, cut.width()) > 5);
  }

  @Test
  void aLongTextStaysInside() throws IOException {
    Lanes lanes = lanes(row(new LaneMark.Point(1, "21 (not 1-minimal)", INK)));
    assertEquals(0, count(lanes, Ink.TEXT, lanes.width() - 10, lanes.width()));
  }

  @Test
  void rowsLanesAndFieldsMakeRoom() {
    LaneRow one = row(new LaneMark.Note("a", INK));
    LaneRow two =
        LaneRow.of(
            "row",
            LaneRow.Lane.of(new LaneMark.Note("a", INK)),
            LaneRow.Lane.of(new LaneMark.Note("b", INK)));
    assertEquals(15, lanes(two).height() - lanes(one).height());
    assertEquals(22, lanes(one, one).height() - lanes(one).height());
    LaneRow.Lane aside =
        new LaneRow.Lane(List.of(new LaneMark.Note("a", INK)), "undecided", Ink.MUTED);
    assertTrue(lanes(LaneRow.of("row", aside)).width() > lanes(one).width() + 40);
    assertEquals(84, lanes(UNIT.withBeyond("none"), one).width() - lanes(one).width());
  }

  @Test
  void valuesAreChecked() {
    assertThrows(IllegalArgumentException.class, () -> lanes());
    assertThrows(IllegalArgumentException.class, () -> ValueAxis.linear("x", 1, 1));
    assertThrows(IllegalArgumentException.class, () -> ValueAxis.logarithmic("x", 0, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new LaneMark.Dots(List.of(1.0), List.of(), INK, true));
  }

  @Test
  void logarithmicAxesHaveTicksOfOneTwoFive() {
    List<String> labels =
        ValueAxis.logarithmic("x", 0.8, 60).ticks().stream().map(Tick::label).toList();
    assertEquals(List.of("1", "2", "5", "10", "20", "50"), labels);
    assertEquals(0.5, ValueAxis.logarithmic("x", 1, 100).position(10), 1e-12);
    assertEquals(1, ValueAxis.logarithmic("x", 1, 100).position(1000), 1e-12);
  }
}
