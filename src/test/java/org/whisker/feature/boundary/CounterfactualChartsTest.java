package org.whisker.feature.boundary;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.image.PlanarImage;
import org.whisker.image.Tone;
import org.whisker.image.Tones;

class CounterfactualChartsTest {
  private static final Canvas CANVAS = Canvas.square(8);
  private static final BlackPixels INK = BlackPixels.of(CANVAS, 0, 9, 18);

  private static BlackPixels found(Tones tones) {
    OptionalDouble edgeIndex = new EdgeRank(CANVAS).edgeIndex(INK);
    return CounterfactualCharts.ink(
        PlanarImage.from(tones.painted(INK)), tones.ink(), tones.background(), edgeIndex);
  }

  @Test
  void inkIsTheToneOfTheRecordedEdgeIndex() {
    assertEquals(INK, found(Tones.standard()));
    assertEquals(INK, found(new Tones(0, 1)));
    assertEquals(INK, found(new Tones(0.25f, 0.75f)));
    assertEquals(INK, found(new Tones(Tone.parse("#0000ff"), Tone.parse("#ff0000"))));
    assertEquals(INK, found(new Tones(Tone.parse("#ff0000"), Tone.parse("#0000ff"))));
  }
}
