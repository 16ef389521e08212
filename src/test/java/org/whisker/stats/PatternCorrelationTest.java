package org.whisker.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.random.SplitMix64;
import org.whisker.stats.TestResult.Alternative;

class PatternCorrelationTest {
  private static final Canvas CANVAS = new Canvas(12, 10);
  private final SplitMix64 random = new SplitMix64(23);

  private TestResult test(List<BlackPixels> runs, double[] map) {
    return PatternCorrelation.of(runs, map, Alternative.TWO_SIDED, 99, random);
  }

  @Test
  void isTheRankBiserialCorrelation() {
    Canvas line = new Canvas(5, 1);
    double[] map = {10, 20, 30, 40, 50};
    assertEquals(1, test(List.of(BlackPixels.of(line, 3, 4)), map).statistic(), 1e-15);
    assertEquals(-1, test(List.of(BlackPixels.of(line, 0)), map).statistic(), 1e-15);
    // Black 2 and 5, white 1, 3, 4: wins 1 + 3 of 6 pairs, 2 lost.
    BlackPixels some = BlackPixels.of(line, 1, 4);
    assertEquals((4 - 2) / 6.0, test(List.of(some), map).statistic(), 1e-15);
    BlackPixels worst = BlackPixels.of(line, 0);
    assertEquals((1 / 3.0 - 1) / 2, test(List.of(some, worst), map).statistic(), 1e-15);
    // Ties count half: black 2 among 1, 2, 2.
    double[] tied = {1, 2, 2};
    assertEquals(0.5, test(List.of(BlackPixels.of(new Canvas(3, 1), 1)), tied).statistic(), 1e-15);
  }

  @Test
  void pOfOneRunIsAShareOfPlaces() {
    double[] map = IntStream.range(0, 120).mapToDouble(i -> i).toArray();
    TestResult result =
        PatternCorrelation.of(
            List.of(BlackPixels.of(CANVAS, 119)), map, Alternative.GREATER, 20_000, random);
    assertEquals(1 / 120.0, result.p(), 0.003);
  }

  @Test
  void rejectsRandomPlacesAsOftenAsAlpha() {
    for (int runs : new int[] {1, 3, 10}) {
      double[] map = smooth();
      Simulated.assertRejectsAsOftenAsAlpha(() -> test(anywhere(runs), map).p() <= 0.05);
    }
  }

  /** Where rolling the pooled density would not: see the comment there. */
  @Test
  void moreRunsFindASmallerEffect() {
    EdgeRank rank = new EdgeRank(CANVAS);
    double[] map = IntStream.range(0, CANVAS.pixels()).mapToDouble(i -> -rank.of(i)).toArray();
    double few = Simulated.share(() -> test(nearEdge(rank, 3), map).p() <= 0.05);
    double many = Simulated.share(() -> test(nearEdge(rank, 12), map).p() <= 0.05);
    assertTrue(many > few + 0.3, few + " with 3 runs, " + many + " with 12");
    // The same runs as one rolled map: most of that power is lost.
    double rolled = Simulated.share(() -> rolled(nearEdge(rank, 12), map).p() <= 0.05);
    assertTrue(many > rolled + 0.1, rolled + " when rolled together, " + many);
  }

  private TestResult rolled(List<BlackPixels> runs, double[] map) {
    double[] density = new double[CANVAS.pixels()];
    for (BlackPixels run : runs) {
      Arrays.stream(run.indices()).forEach(i -> density[i] += 1.0 / run.count());
    }
    return MapCorrelation.spearman(CANVAS, density, map, Alternative.TWO_SIDED, 99, random);
  }

  /** Clusters of four, anywhere. */
  private List<BlackPixels> anywhere(int runs) {
    BlackPixels cluster = BlackPixels.of(CANVAS, 0, 1, 12, 26);
    List<BlackPixels> found = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      found.add(ToroidalShift.shift(cluster, random.nextInt(12), random.nextInt(10)));
    }
    return found;
  }

  /**
   * Eight pixels a run; of two places that are offered for each, the outer one in three of five.
   */
  private List<BlackPixels> nearEdge(EdgeRank rank, int runs) {
    List<BlackPixels> found = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      BlackPixels image = BlackPixels.none(CANVAS);
      while (image.count() < 8) {
        int a = random.nextInt(CANVAS.pixels());
        int b = random.nextInt(CANVAS.pixels());
        boolean outer = random.nextInt(10) < 7;
        image = image.with((rank.of(a) < rank.of(b)) == outer ? a : b);
      }
      found.add(image);
    }
    return found;
  }

  /**
   * Runs on one network share its helpful places. A null that shifts them one by one takes these
   * for agreement with a map that has nothing to do with them; one that shifts them together does
   * not.
   */
  @Test
  void runsThatShareTheirPlacesAreShiftedTogether() {
    double oneByOne = Simulated.share(() -> test(sharing(smooth()), smooth()).p() <= 0.05);
    assertTrue(oneByOne > 0.3, oneByOne + " when shifted one by one");
    double together =
        Simulated.share(
            () ->
                PatternCorrelation.together(
                            sharing(smooth()), smooth(), Alternative.TWO_SIDED, 1, random)
                        .p()
                    <= 0.05);
    Simulated.assertWithin(0.02, 0.07, together);
  }

  /** Ten runs with eight pixels each of the fifth of all places that are highest in a map. */
  private List<BlackPixels> sharing(double[] places) {
    int[] best =
        IntStream.range(0, places.length)
            .boxed()
            .sorted(java.util.Comparator.comparingDouble(i -> -places[i]))
            .limit(places.length / 5)
            .mapToInt(Integer::intValue)
            .toArray();
    List<BlackPixels> runs = new ArrayList<>();
    for (int run = 0; run < 10; run++) {
      BlackPixels image = BlackPixels.none(CANVAS);
      while (image.count() < 8) {
        int pixel = best[random.nextInt(best.length)];
        image = image.contains(pixel) ? image : image.with(pixel);
      }
      runs.add(image);
    }
    return runs;
  }

  private double[] smooth() {
    double[] noise = random.doubles(CANVAS.pixels()).toArray();
    return IntStream.range(0, noise.length)
        .mapToDouble(i -> noise[i] + noise[(i + 1) % noise.length] + noise[(i + 12) % noise.length])
        .toArray();
  }

  @Test
  void refusesWhatHasNoCorrelation() {
    BlackPixels white = BlackPixels.none(CANVAS);
    BlackPixels one = BlackPixels.of(CANVAS, 5);
    double[] map = smooth();
    assertThrows(IllegalArgumentException.class, () -> test(List.of(), map));
    assertThrows(IllegalArgumentException.class, () -> test(List.of(one, white), map));
    assertThrows(IllegalArgumentException.class, () -> test(List.of(one), new double[119]));
    assertThrows(IllegalArgumentException.class, () -> test(List.of(one), new double[120]));
    BlackPixels other = BlackPixels.of(new Canvas(10, 12), 5);
    assertThrows(IllegalArgumentException.class, () -> test(List.of(one, other), map));
    map[7] = Double.NaN;
    assertThrows(IllegalArgumentException.class, () -> test(List.of(one), map));
  }
}
