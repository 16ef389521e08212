package org.whisker.feature.boundary;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.whisker.boundary.Counterfactual;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.image.GrayImage;
import org.whisker.image.Tones;

class CounterfactualChartsTest {
  private static final Canvas CANVAS = Canvas.square(8);
  private static final BlackPixels INK = BlackPixels.of(CANVAS, 0, 9, 18);

  private static BlackPixels found(Tones tones) {
    float[] gray = new float[CANVAS.pixels()];
    tones.painted(INK).paint(gray, 0);
    Counterfactual.Flip flip = new Counterfactual.Flip(0, 0, tones.ink(), tones.background(), 1, 1);
    OptionalDouble edgeIndex = new EdgeRank(CANVAS).edgeIndex(INK);
    return CounterfactualCharts.ink(new GrayImage(CANVAS, gray), flip, edgeIndex);
  }

  @Test
  void inkIsTheToneOfTheRecordedEdgeIndex() {
    assertEquals(INK, found(Tones.standard()));
    assertEquals(INK, found(new Tones(0, 1)));
    assertEquals(INK, found(new Tones(0.25f, 0.75f)));
  }
}
