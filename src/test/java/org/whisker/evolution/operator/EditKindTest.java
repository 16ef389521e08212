package org.whisker.evolution.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.whisker.evolution.Genomes;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Region;
import org.whisker.random.SplitMix64;

class EditKindTest {
  private static final Canvas CANVAS = new Canvas(11, 8);
  private static final Region EVERYWHERE = Region.everywhere(CANVAS);

  @ParameterizedTest
  @EnumSource(EditKind.class)
  void changesOnlyTheRegionAndNeverTheParent(EditKind kind) {
    Region region = Region.rectangle(CANVAS, 3, 2, 8, 6);
    for (int seed = 0; seed < 500; seed++) {
      SplitMix64 random = new SplitMix64(seed);
      BlackPixels parent = Genomes.random(CANVAS, random.nextInt(120), random);
      int[] before = parent.indices();
      Optional<Edit> edit = kind.draw(parent, region, Border.RESAMPLE, random);
      if (edit.isPresent()) {
        BlackPixels child = edit.get().apply(parent);
        assertEquals(BlackPixels.of(CANVAS, child.indices()), child);
        assertEquals(child, edit.get().apply(parent), "a pure function");
        for (int p = 0; p < CANVAS.pixels(); p++) {
          assertTrue(region.contains(p) || child.contains(p) == parent.contains(p));
        }
      }
      assertTrue(Arrays.equals(before, parent.indices()));
    }
  }

  @ParameterizedTest
  @EnumSource(EditKind.class)
  void changesTheCountAsItSays(EditKind kind) {
    for (int seed = 0; seed < 500; seed++) {
      SplitMix64 random = new SplitMix64(seed);
      BlackPixels parent = Genomes.random(CANVAS, 1 + random.nextInt(40), random);
      BlackPixels child =
          kind.draw(parent, EVERYWHERE, Border.RESAMPLE, random).orElseThrow().apply(parent);
      int more = child.count() - parent.count();
      switch (kind) {
        case ADD -> assertEquals(1, more);
        case REMOVE -> assertEquals(-1, more);
        case MOVE -> assertEquals(0, more);
        case NUDGE -> assertNudged(parent, child);
        case STROKE -> assertTrue(more >= 0 && more <= 6, "by " + more);
        case ERASE -> assertTrue(more <= -1 && more >= -6, "by " + more);
      }
    }
  }

  @Test
  void whatCannotBeIsNotDrawn() {
    SplitMix64 random = new SplitMix64(1);
    BlackPixels white = BlackPixels.none(CANVAS);
    BlackPixels black = BlackPixels.of(CANVAS, IntStream.range(0, CANVAS.pixels()).toArray());
    for (EditKind kind : new EditKind[] {EditKind.REMOVE, EditKind.MOVE, EditKind.ERASE}) {
      assertTrue(kind.draw(white, EVERYWHERE, Border.RESAMPLE, random).isEmpty());
    }
    for (EditKind kind : new EditKind[] {EditKind.ADD, EditKind.MOVE, EditKind.NUDGE}) {
      assertTrue(kind.draw(black, EVERYWHERE, Border.RESAMPLE, random).isEmpty());
    }
  }

  private static void assertNudged(BlackPixels parent, BlackPixels child) {
    int from = only(parent, child);
    int to = only(child, parent);
    assertTrue(Math.abs(CANVAS.x(from) - CANVAS.x(to)) <= 1);
    assertTrue(Math.abs(CANVAS.y(from) - CANVAS.y(to)) <= 1);
  }

  /** The one pixel that is in {@code a} and not in {@code b}. */
  private static int only(BlackPixels a, BlackPixels b) {
    int[] difference = IntStream.of(a.indices()).filter(p -> !b.contains(p)).toArray();
    assertEquals(1, difference.length);
    return difference[0];
  }
}
