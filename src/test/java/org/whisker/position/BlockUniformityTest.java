package org.whisker.position;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.random.SplitMix64;
import org.whisker.stats.ToroidalShift;

class BlockUniformityTest {
  private static final Canvas CANVAS = Canvas.square(64);

  /** Clusters of 40 pixels each. */
  private static List<BlackPixels> clusters(SplitMix64 random, int runs, int fromX, int spread) {
    List<BlackPixels> images = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      int x = fromX + random.nextInt(spread);
      int y = random.nextInt(CANVAS.height());
      BlackPixels image = BlackPixels.none(CANVAS);
      while (image.count() < 40) {
        int pixel =
            CANVAS.index(
                (x + random.nextInt(9)) % CANVAS.width(),
                (y + random.nextInt(9)) % CANVAS.height());
        image = image.contains(pixel) ? image : image.with(pixel);
      }
      images.add(image);
    }
    return images;
  }

  @Test
  void clustersAnywhereAreNoPreference() {
    int found = 0;
    for (int seed = 0; seed < 200; seed++) {
      SplitMix64 random = new SplitMix64(seed);
      List<BlackPixels> images = clusters(random, 10, 0, CANVAS.width());
      found += BlockUniformity.of(images, 199, random).p() <= 0.05 ? 1 : 0;
    }
    assertTrue(found >= 2 && found <= 20, found + " of 200 at 0.05");
  }

  /** A network that knows no places gives all runs one motif, each anywhere. */
  @Test
  void oneMotifAnywhereIsNoPreference() {
    int found = 0;
    for (int seed = 0; seed < 200; seed++) {
      SplitMix64 random = new SplitMix64(seed);
      BlackPixels motif = clusters(random, 1, 0, CANVAS.width()).get(0);
      List<BlackPixels> images = new ArrayList<>();
      while (images.size() < 10) {
        images.add(ToroidalShift.shift(motif, random.nextInt(64), random.nextInt(64)));
      }
      found += BlockUniformity.of(images, 199, random).p() <= 0.05 ? 1 : 0;
    }
    assertTrue(found >= 3 && found <= 18, found + " of 200 at 0.05");
  }

  /** Shifting all runs by one offset keeps what they agree on: it would find nothing. */
  @Test
  void runsMovedTogetherAgreeAsMuch() {
    SplitMix64 random = new SplitMix64(9);
    List<BlackPixels> images = clusters(random, 12, 32, 24);
    BlockUniformity own = BlockUniformity.of(images, 999, random);
    assertTrue(own.p() < 0.02, "p " + own.p());
    int asMuch = 0;
    for (int draw = 0; draw < 200; draw++) {
      int dx = random.nextInt(64);
      int dy = random.nextInt(64);
      List<BlackPixels> moved =
          images.stream().map(image -> ToroidalShift.shift(image, dx, dy)).toList();
      asMuch += BlockUniformity.of(moved, 1, random).variance() >= own.variance() ? 1 : 0;
    }
    assertTrue(asMuch > 20, asMuch + " of 200 moved together are as uneven");
  }

  /** Two opposite quarters have E of one half, as have both sides and top and bottom. */
  @Test
  void whatTheEdgeIndexCantSeeIsFound() {
    SplitMix64 random = new SplitMix64(4);
    EdgeRank rank = new EdgeRank(CANVAS);
    List<BlackPixels> images = new ArrayList<>();
    double sum = 0;
    while (images.size() < 10) {
      BlackPixels image = BlackPixels.none(CANVAS);
      while (image.count() < 40) {
        int quarter = 32 * random.nextInt(2);
        int pixel = CANVAS.index(quarter + random.nextInt(32), quarter + random.nextInt(32));
        image = image.contains(pixel) ? image : image.with(pixel);
      }
      images.add(image);
      sum += rank.edgeIndex(image).orElseThrow();
    }
    assertEquals(0.5, sum / 10, 0.06);
    BlockUniformity test = BlockUniformity.of(images, 9_999, random);
    assertEquals(1e-4, test.p(), 1e-12);
    assertTrue(test.excess() > 2, "excess " + test.excess());
    assertEquals(8, test.blocksAcross());
  }

  @Test
  void oneSideIsFound() {
    SplitMix64 random = new SplitMix64(9);
    assertTrue(BlockUniformity.of(clusters(random, 12, 32, 24), 999, random).p() < 0.02);
  }

  @Test
  void smallCanvasesHaveFewerBlocks() {
    Canvas small = new Canvas(16, 3);
    List<BlackPixels> two = List.of(BlackPixels.of(small, 1), BlackPixels.of(small, 40));
    BlockUniformity test = BlockUniformity.of(two, 9, new SplitMix64(1));
    assertEquals(4, test.blocksAcross());
    assertEquals(1, test.blocksDown());
    assertThrows(
        IllegalArgumentException.class,
        () -> BlockUniformity.of(two.subList(0, 1), 9, new SplitMix64(1)));
  }

  @Test
  void twelveRunsOfAHundredPixelsTakeLessThanTwoSecondsOfAProcessor() {
    Canvas canvas = Canvas.square(128);
    SplitMix64 random = new SplitMix64(2);
    List<BlackPixels> images = new ArrayList<>();
    while (images.size() < 12) {
      BlackPixels image = BlackPixels.none(canvas);
      while (image.count() < 100) {
        int pixel = random.nextInt(canvas.pixels());
        image = image.contains(pixel) ? image : image.with(pixel);
      }
      images.add(image);
    }
    // of this thread, since the clock also counts what other processes do meanwhile
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    assumeTrue(threads.isCurrentThreadCpuTimeSupported());
    long before = threads.getCurrentThreadCpuTime();
    assertEquals(8, BlockUniformity.of(images, 9_999, random).blocksAcross());
    long took = threads.getCurrentThreadCpuTime() - before;
    assertTrue(took < 2_000_000_000L, took / 1e9 + " s");
  }
}
