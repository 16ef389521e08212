package org.whisker.position;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.PatchScorer;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.image.Raster;
import org.whisker.position.BlockMap.BlockProbe;
import org.whisker.position.BlockMap.BlockProbe.Fill;
import org.whisker.position.PairProbe.Interactions;
import org.whisker.position.PairProbe.PixelPair;
import org.whisker.position.PairProbe.PixelPair.Group;
import org.whisker.random.SplitMix64;

class PairProbeTest {
  private static final Canvas CANVAS = Canvas.square(16);
  private static final EdgeRank RANK = new EdgeRank(CANVAS);
  private final SplitMix64 random = new SplitMix64(4);

  /** Blackness of the inner half, squared: centre pixels interact, those at the edge do not. */
  private static final class Squared implements Classifier {
    @Override
    public String name() {
      return "squared";
    }

    @Override
    public Canvas canvas() {
      return CANVAS;
    }

    @Override
    public float[] logits(List<? extends Raster> pictures) {
      float[] logits = new float[pictures.size()];
      float[] gray = new float[CANVAS.pixels()];
      for (int i = 0; i < logits.length; i++) {
        pictures.get(i).paint(gray, 0);
        float black = 0;
        for (int p = 0; p < gray.length; p++) {
          black += RANK.of(p) > 0.5 ? 1 - gray[p] : 0;
          logits[i] -= RANK.of(p) > 0.5 ? 0 : 1 - gray[p];
        }
        logits[i] += black * black;
      }
      return logits;
    }

    @Override
    public void close() {}
  }

  private List<PixelPair> measure(Classifier classifier, int block, int n, int batch) {
    BlackPixels white = BlackPixels.none(CANVAS);
    BlockProbe probe = new BlockProbe(white, block, Fill.BLACK);
    double[] delta = probe.unmeasured();
    PatchScorer scorer = PatchScorer.full(classifier, white);
    probe.measure(scorer, delta, 64, done -> {}, () -> false);
    BlockMap map = new BlockMap(probe, scorer.baseLogit(), delta);
    return new PairProbe(probe, n, random)
        .measure(classifier, map, batch, done -> {}, () -> false)
        .orElseThrow();
  }

  @Test
  void aSumHasNoInteractions() {
    float[] weights = new float[CANVAS.pixels()];
    IntStream.range(0, weights.length).forEach(i -> weights[i] = (i * 7 % 20 - 9) / 8f);
    for (int block : new int[] {1, 2}) {
      for (PixelPair pair : measure(new LinearClassifier(CANVAS, 0.5f, weights), block, 12, 5)) {
        assertEquals(0, pair.interaction(), 1e-9);
      }
    }
  }

  @Test
  void interactionsAreFoundWhereTheyAre() {
    List<PixelPair> pairs = measure(new Squared(), 1, 30, 100);
    for (PixelPair pair : pairs) {
      assertEquals(pair.group() == Group.CENTRE ? 2 : 0, pair.interaction(), 1e-9);
    }
    Interactions found = Interactions.of(pairs, random);
    assertEquals(0, found.groups().get(0).strength().value());
    assertEquals(2, found.groups().get(1).mean().value(), 1e-9);
    assertEquals(1, found.groups().get(1).strengthOfOne(), 1e-9);
    assertEquals(-2, found.strengthDifference().value(), 1e-9);
    assertTrue(found.p() < 0.001 && found.groups().get(1).p() < 0.001, found.toString());
    assertEquals(1, found.groups().get(2).p());
  }

  @Test
  void pairsLieInTheirThirdsAndMatch() {
    int n = 25;
    for (int block : new int[] {1, 3}) {
      List<PixelPair> pairs = measure(new Squared(), block, n, 7);
      assertEquals(3 * n, pairs.size());
      Canvas places = new Canvas(17 - block, 17 - block);
      EdgeRank rank = new EdgeRank(places);
      for (int i = 0; i < pairs.size(); i++) {
        PixelPair pair = pairs.get(i);
        Group group = List.of(Group.EDGE, Group.CENTRE, Group.MIXED).get(i / n);
        assertEquals(group, pair.group());
        assertEquals(group != Group.CENTRE, rank.of(pair.a()) < 1 / 3.0);
        assertEquals(group == Group.EDGE, rank.of(pair.b()) < 1 / 3.0);
        List<Integer> offset = offset(places, pair);
        assertFalse(offset.get(1) < block, "blocks overlap: " + offset);
        if (group == Group.EDGE) {
          assertEquals(offset(places, pairs.get(i + n)), offset);
        }
      }
    }
  }

  /** The lesser and the greater of |dx| and |dy|. */
  private static List<Integer> offset(Canvas places, PixelPair pair) {
    int dx = Math.abs(places.x(pair.a()) - places.x(pair.b()));
    int dy = Math.abs(places.y(pair.a()) - places.y(pair.b()));
    return List.of(Math.min(dx, dy), Math.max(dx, dy));
  }

  @Test
  void theSameSeedDrawsTheSamePairs() {
    SplitMix64 one = new SplitMix64(8);
    random.nextLong();
    List<PixelPair> first = pairs(one);
    assertEquals(first, pairs(new SplitMix64(8)));
    assertFalse(first.equals(pairs(new SplitMix64(9))));
  }

  private static List<PixelPair> pairs(SplitMix64 random) {
    BlockProbe probe = new BlockProbe(BlackPixels.none(CANVAS), 1, Fill.BLACK);
    BlockMap map = new BlockMap(probe, 0, new double[CANVAS.pixels()]);
    return new PairProbe(probe, 5, random)
        .measure(new Squared(), map, 100, done -> {}, () -> false)
        .orElseThrow();
  }

  @Test
  void stopsAndRefuses() {
    BlockProbe probe = new BlockProbe(BlackPixels.none(CANVAS), 1, Fill.BLACK);
    BlockMap map = new BlockMap(probe, 0, new double[CANVAS.pixels()]);
    PairProbe pairs = new PairProbe(probe, 5, random);
    assertTrue(pairs.measure(new Squared(), map, 4, done -> {}, () -> true).isEmpty());
    assertThrows(IllegalArgumentException.class, () -> new PairProbe(probe, 1, random));
    BlockProbe few = new BlockProbe(BlackPixels.of(CANVAS, 0, 1), 1, Fill.WHITE);
    assertThrows(IllegalArgumentException.class, () -> new PairProbe(few, 5, random));
  }
}
