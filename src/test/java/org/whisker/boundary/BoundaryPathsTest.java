package org.whisker.boundary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.whisker.boundary.BoundaryPaths.PathOptions;
import org.whisker.boundary.ImagePath.PathKind;
import org.whisker.boundary.PathProfile.PathBand;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.image.GrayImage;
import org.whisker.random.SplitMix64;

class BoundaryPathsTest {
  private static final Canvas CANVAS = Canvas.square(8);
  private static final BlackPixels WHITE = BlackPixels.none(CANVAS);
  private static final BlackPixels BLACK = BlackPixels.of(CANVAS, IntStream.range(0, 64).toArray());

  private static PathOptions options(int steps, int draws, long seed) {
    return new PathOptions(Arrays.asList(PathKind.values()), steps, draws, 8, 20, 1e-3, seed);
  }

  private static BoundaryPaths paths(Formula classifier, PathOptions options) {
    return BoundaryPaths.of(classifier, WHITE, BLACK, options, 16, (kind, done, total) -> {});
  }

  @Test
  void ringsComeInTheirOrderAndTiesAtRandom() {
    EdgeRank rank = new EdgeRank(CANVAS);
    int[] inwards = PixelOrders.inwards(WHITE, BLACK, new SplitMix64(1));
    int[] outwards = PixelOrders.outwards(WHITE, BLACK, new SplitMix64(1));
    for (int i = 1; i < 64; i++) {
      assertTrue(rank.of(inwards[i - 1]) <= rank.of(inwards[i]));
      assertTrue(rank.of(outwards[i - 1]) >= rank.of(outwards[i]));
    }
    int[] other = PixelOrders.inwards(WHITE, BLACK, new SplitMix64(2));
    assertFalse(Arrays.equals(inwards, other));
    assertArrayEquals(inwards, PixelOrders.inwards(WHITE, BLACK, new SplitMix64(1)));
    // the first of a ring is not always its first in rows
    assertFalse(Arrays.equals(Arrays.copyOf(inwards, 8), new int[] {0, 1, 2, 3, 4, 5, 6, 7}));
  }

  @Test
  void aRandomOrderHasEachDifferingPixelOnce() {
    BlackPixels some = BlackPixels.of(CANVAS, 3, 9, 27, 60);
    int[] counts = new int[64];
    for (int seed = 0; seed < 400; seed++) {
      int[] order = PixelOrders.random(WHITE, some, new SplitMix64(seed));
      int first = order[0];
      counts[first]++;
      Arrays.sort(order);
      assertArrayEquals(some.indices(), order);
    }
    for (int pixel : some.indices()) {
      assertEquals(100, counts[pixel], 35); // 4 standard deviations
    }
  }

  @Test
  void allKindsLeadFromOneEndToTheOther() {
    Formula border =
        new Formula(
            CANVAS,
            gray -> {
              double logit = 10.5;
              for (int i = 0; i < 64; i++) {
                logit -= CANVAS.borderDistance(i) == 0 ? 1 - gray[i] : 0;
              }
              return logit;
            });
    BoundaryPaths paths = paths(border, options(500, 3, 1));
    assertEquals(1, paths.block());
    assertEquals(64, paths.differing());
    assertEquals(8, paths.paths().size());
    for (BoundaryPaths.ScoredPath path : paths.paths()) {
      List<Float> logits = path.profile().logits();
      assertEquals(10.5f, logits.get(0));
      assertEquals(-17.5f, logits.get(logits.size() - 1));
      assertEquals(1, path.profile().crossings().size());
    }
    // 28 border pixels: the eleventh of them crosses
    assertEquals(11, crossing(paths, PathKind.BEST_FIRST));
    assertEquals(11, crossing(paths, PathKind.OUTWARD_IN));
    assertEquals(36 + 11, crossing(paths, PathKind.INWARD_OUT));
    assertEquals(36 + 11, crossing(paths, PathKind.WORST_FIRST));
    assertEquals(10.5 / 28, crossing(paths, PathKind.STRAIGHT), 1e-3);
  }

  private static double crossing(BoundaryPaths paths, PathKind kind) {
    return paths.of(kind).get(0).profile().crossings().get(0).after();
  }

  @Test
  void theSeedGivesTheSameAgain() {
    Formula classifier = Formula.linear(CANVAS, 3, SmallWeights.of(64));
    BoundaryPaths paths = paths(classifier, options(500, 4, 5));
    assertEquals(
        paths.paths().stream().map(BoundaryPaths.ScoredPath::profile).toList(),
        paths(classifier, options(500, 4, 5)).paths().stream()
            .map(BoundaryPaths.ScoredPath::profile)
            .toList());
    // more draws begin with the same ones
    List<BoundaryPaths.ScoredPath> more = paths(classifier, options(500, 6, 5)).of(PathKind.RANDOM);
    assertEquals(
        paths.of(PathKind.RANDOM).stream().map(BoundaryPaths.ScoredPath::profile).toList(),
        more.subList(0, 4).stream().map(BoundaryPaths.ScoredPath::profile).toList());
    assertFalse(
        paths(classifier, options(500, 4, 6))
            .of(PathKind.RANDOM)
            .get(0)
            .profile()
            .equals(more.get(0).profile()));
  }

  @Test
  void manyPixelsChangeInBlocks() {
    BoundaryPaths paths = paths(Formula.linear(CANVAS, 3, SmallWeights.of(64)), options(10, 2, 1));
    assertEquals(7, paths.block());
    for (BoundaryPaths.ScoredPath path : paths.paths()) {
      int scanned = path.profile().positions().size();
      assertEquals(path.kind() == PathKind.STRAIGHT ? 21 : 11, scanned, path.toString());
    }
    assertEquals(11, paths.band(true).orElseThrow().levels().size());
  }

  @Test
  void theBandIsOfTheProbabilities() {
    List<Double> positions = List.of(0.0);
    float[] logits = {0, (float) Math.log(3), (float) -Math.log(3)}; // p of 0.5, 0.25, 0.75
    List<PathProfile> paths =
        IntStream.range(0, 3)
            .mapToObj(i -> new PathProfile(positions, List.of(logits[i]), List.of()))
            .toList();
    PathBand.Level level = PathBand.of(paths, true).levels().get(0);
    assertEquals(0.25, level.min(), 1e-7);
    assertEquals(0.275, level.q05(), 1e-7);
    assertEquals(0.375, level.q25(), 1e-7);
    assertEquals(0.5, level.median(), 1e-7);
    assertEquals(0.625, level.q75(), 1e-7);
    assertEquals(0.75, level.max(), 1e-7);
    assertEquals(0.5, level.mean(), 1e-7);
    assertEquals(-Math.log(3), PathBand.of(paths, false).levels().get(0).min(), 1e-6);
    PathProfile other = new PathProfile(List.of(1.0), List.of(0f), List.of());
    assertThrows(
        IllegalArgumentException.class, () -> PathBand.of(List.of(paths.get(0), other), true));
    assertThrows(IllegalArgumentException.class, () -> PathBand.of(List.of(), true));
  }

  @Test
  void samePicturesAndOtherSizesAreRefused() {
    Formula any = Formula.ofBlackCount(CANVAS, n -> 1.0);
    GrayImage gray = GrayImage.filled(CANVAS, 1);
    assertThrows(
        IllegalArgumentException.class,
        () -> BoundaryPaths.of(any, WHITE, gray, options(9, 1, 1), 16, (k, d, t) -> {}));
    BlackPixels small = BlackPixels.none(Canvas.square(7));
    assertThrows(
        IllegalArgumentException.class,
        () -> BoundaryPaths.of(any, WHITE, small, options(9, 1, 1), 16, (k, d, t) -> {}));
  }

  @Test
  void optionsAreChecked() {
    List<PathKind> one = List.of(PathKind.RANDOM);
    assertThrows(
        IllegalArgumentException.class, () -> new PathOptions(List.of(), 1, 1, 1, 1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new PathOptions(one, 0, 1, 1, 1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new PathOptions(one, 1, 0, 1, 1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new PathOptions(one, 1, 1, 1, 1, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> PathKind.parse("best"));
    assertEquals(PathKind.BEST_FIRST, PathKind.parse("best-first"));
  }
}
