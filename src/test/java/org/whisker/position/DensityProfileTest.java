package org.whisker.position;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeBins;
import org.whisker.image.Region;
import org.whisker.random.SplitMix64;

class DensityProfileTest {
  private final SplitMix64 random = new SplitMix64(7);

  private BlackPixels drawn(Region region, int count) {
    return BlackPixels.of(
        region.canvas(),
        IntStream.range(0, count).map(i -> region.get(random.nextInt(region.size()))).toArray());
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,9", "20,13", "64,64"})
  void allPixelsAreUniform(int width, int height) {
    Canvas canvas = new Canvas(width, height);
    BlackPixels all = BlackPixels.of(canvas, IntStream.range(0, canvas.pixels()).toArray());
    for (DensityProfile.DensityBin bin : DensityProfile.of(List.of(all, all), random).bins()) {
      assertEquals(1, bin.mean().density(), 1e-12);
      assertEquals(1, bin.mean().ciLow().getAsDouble(), 1e-12);
      assertEquals(1, bin.mean().ciHigh().getAsDouble(), 1e-12);
    }
  }

  @Test
  void findsAPlantedEdge() {
    Region edge = Region.edge(Canvas.square(40), 0.05);
    List<BlackPixels> runs = IntStream.range(0, 8).mapToObj(i -> drawn(edge, 30 + i)).toList();
    DensityProfile profile = DensityProfile.of(runs, random);
    DensityProfile.DensityBin border = profile.bins().get(0);
    assertTrue(border.mean().ciLow().getAsDouble() > 2, border.toString());
    assertEquals(0, profile.bins().get(profile.bins().size() - 1).mean().density());
    assertEquals(8, profile.runs());
  }

  @Test
  void eachRunAveragesToOneOverTheArea() {
    Canvas canvas = new Canvas(31, 17);
    Region all = Region.everywhere(canvas);
    List<BlackPixels> runs = List.of(drawn(all, 3), BlackPixels.none(canvas), drawn(all, 40));
    DensityProfile profile = DensityProfile.of(runs, 6, random);
    assertEquals(2, profile.runs());
    assertEquals(1, profile.whiteRuns());
    List<EdgeBins.EdgeBin> bins = new EdgeBins(canvas, 6).bins();
    double first = 0;
    for (BlackPixels run : List.of(runs.get(0), runs.get(2))) {
      DensityProfile own = DensityProfile.of(List.of(run), 6, random);
      double sum = 0;
      for (int bin = 0; bin < bins.size(); bin++) {
        sum += own.bins().get(bin).mean().density() * bins.get(bin).pixels() / canvas.pixels();
      }
      assertEquals(1, sum, 1e-12);
      first += own.bins().get(0).mean().density() / 2;
    }
    assertEquals(first, profile.bins().get(0).mean().density(), 1e-15);
  }

  @Test
  void oneRunHasNoIntervalAndNoneNoProfile() {
    Canvas canvas = Canvas.square(8);
    DensityProfile one = DensityProfile.of(List.of(BlackPixels.of(canvas, 3)), random);
    assertTrue(one.bins().get(0).mean().ciLow().isEmpty());
    List<BlackPixels> white = List.of(BlackPixels.none(canvas));
    assertThrows(IllegalArgumentException.class, () -> DensityProfile.of(white, random));
  }
}
