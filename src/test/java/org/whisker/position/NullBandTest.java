package org.whisker.position;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.position.ConditionMaps.PositionHeatmap;
import org.whisker.position.Placement.LogRatio;
import org.whisker.random.SplitMix64;

class NullBandTest {
  private static final Canvas CANVAS = Canvas.square(24);
  private final SplitMix64 random = new SplitMix64(3);

  private NullBand band(List<BlackPixels> runs) {
    PixelMap density = PositionHeatmap.of(runs, 2).density().orElseThrow();
    return NullBand.of(runs, density, 2, random).orElseThrow();
  }

  @Test
  void fivePercentOfPixelsLeaveThePointwiseBandAndOneMapInTwentyTheWholeOne() {
    double outside = 0;
    int maps = 60;
    int far = 0;
    for (int i = 0; i < maps; i++) {
      List<BlackPixels> runs = PlantedRuns.uniform(CANVAS, 4, 30, random);
      PixelMap density = PositionHeatmap.of(runs, 2).density().orElseThrow();
      LogRatio ratio = LogRatio.of(runs, density, 2, random);
      outside += (double) ratio.outside() / CANVAS.pixels() / maps;
      far += ratio.band().orElseThrow().pMap() <= 0.05 ? 1 : 0;
    }
    assertEquals(0.05, outside, 0.015);
    assertTrue(far <= 10, far + " of " + maps + " maps beyond the simultaneous band");
  }

  @Test
  void theSimultaneousBandIsWider() {
    NullBand band = band(PlantedRuns.uniform(CANVAS, 4, 30, random));
    assertTrue(band.factor() > 1.2, "factor " + band.factor());
    assertTrue(band.exact());
    assertEquals(399, band.draws());
    assertTrue(band.low().max() < 1 && band.high().min() > 1, "chance lies within the band");
  }

  @Test
  void theNormalFieldHasTheMomentsOfTheSets() {
    // 600,000 pixels are drawn as a normal field, 480,000 of as many runs one by one
    List<BlackPixels> many = PlantedRuns.uniform(CANVAS, 2_000, 300, random);
    NullBand.NullFields normal = new NullBand.NullFields(many);
    NullBand.NullFields sets = new NullBand.NullFields(many.subList(0, 1_600));
    assertFalse(normal.exact());
    assertTrue(sets.exact());
    assertEquals(1, Arrays.stream(normal.draw(random)).average().orElseThrow(), 1e-12);
    assertEquals(1, Arrays.stream(sets.draw(random)).average().orElseThrow(), 1e-12);
    double ratio = variance(normal) / (variance(sets) * 1_600 / 2_000);
    assertEquals(1, ratio, 0.1);
  }

  private double variance(NullBand.NullFields fields) {
    double squares = 0;
    for (int draw = 0; draw < 20; draw++) {
      squares += Arrays.stream(fields.draw(random)).map(v -> (v - 1) * (v - 1)).sum();
    }
    return squares / 20 / CANVAS.pixels();
  }

  @Test
  void aLargeCanvasHasNoBandButItsRatio() {
    Canvas large = new Canvas(1_000, 500);
    List<BlackPixels> runs = List.of(BlackPixels.of(large, 0, 7));
    PixelMap density = PositionHeatmap.of(runs, 5).density().orElseThrow();
    LogRatio ratio = LogRatio.of(runs, density, 5, random);
    assertTrue(ratio.band().isEmpty());
    assertEquals(0, ratio.outside());
    assertEquals(LogRatio.LEAST, ratio.ratio().at(999, 499));
  }
}
