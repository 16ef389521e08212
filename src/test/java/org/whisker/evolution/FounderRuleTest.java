package org.whisker.evolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.evolution.SearchMethod.GenerationContext;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Region;
import org.whisker.random.SplitMix64;

class FounderRuleTest {
  private static final Canvas CANVAS = new Canvas(12, 10);
  private static final Region REGION = Region.rectangle(CANVAS, 2, 2, 7, 6);
  private static final GenerationContext STEP = new GenerationContext(0, REGION, new SplitMix64(3));

  @Test
  void onePixelLiesInTheRegionOfTheFirstGenerationOrItsOwn() {
    Region edge = Region.edge(CANVAS, 0.1);
    for (int i = 0; i < 500; i++) {
      BlackPixels founder = new FounderRule.OnePixel().draw(STEP);
      assertEquals(1, founder.count());
      assertTrue(REGION.contains(founder.get(0)));
      BlackPixels placed = new FounderRule.OnePixelIn(edge).draw(STEP);
      assertEquals(1, placed.count());
      assertTrue(edge.contains(placed.get(0)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 19, 20})
  void manyPixelsAreDifferentAndAllAlike(int count) {
    int[] taken = new int[CANVAS.pixels()];
    int draws = 4000;
    for (int i = 0; i < draws; i++) {
      BlackPixels founder = new FounderRule.Pixels(count).draw(STEP);
      assertEquals(count, founder.count());
      IntStream.of(founder.indices()).forEach(pixel -> taken[pixel]++);
    }
    double share = count / (double) REGION.size();
    double error = Math.sqrt(draws * share * (1 - share));
    for (int pixel = 0; pixel < taken.length; pixel++) {
      double expected = REGION.contains(pixel) ? draws * share : 0;
      assertEquals(expected, taken[pixel], 4.5 * error, "pixel " + pixel);
    }
  }

  @Test
  void aShareIsOfTheRegion() {
    assertEquals(
        new FounderRule.Pixels(3).draw(context()), new FounderRule.Share(0.14).draw(context()));
    assertEquals(1, new FounderRule.Share(0.001).draw(STEP).count(), "at least");
    assertEquals(REGION.size(), new FounderRule.Share(1).draw(STEP).count());
    GenerationContext large =
        new GenerationContext(0, Region.everywhere(Canvas.square(128)), new SplitMix64(3));
    assertEquals(983, new FounderRule.Share(0.06).draw(large).count());
  }

  @Test
  void givenPixelsAreTheSameInAllFoundersOfARunAndOthersInTheNext() {
    FounderRule founders = new FounderRule.Given(REGION, 5);
    BlackPixels given = founders.given(CANVAS, 1);
    assertEquals(5, given.count());
    assertTrue(IntStream.of(given.indices()).allMatch(REGION::contains));
    assertEquals(given, founders.given(CANVAS, 1));
    assertNotEquals(given, founders.given(CANVAS, 2));
    EvolutionOptions options = EvolutionOptions.question().withFounders(founders);
    Population first = new EvolutionRun(options, CANVAS, LogitSource.flat(0), 1).population();
    for (Population.Individual each : first.individuals()) {
      assertTrue(IntStream.of(given.indices()).allMatch(each.genome()::contains));
      assertTrue(each.genome().count() <= 6, "one of its own");
    }
    assertEquals(BlackPixels.none(CANVAS), new FounderRule.OnePixel().given(CANVAS, 1));
    assertThrows(IllegalArgumentException.class, () -> new FounderRule.Given(REGION, 21));
  }

  private static GenerationContext context() {
    return new GenerationContext(0, REGION, new SplitMix64(5));
  }

  @Test
  void anEmptyCanvasOrAnImage() {
    assertEquals(BlackPixels.none(CANVAS), new FounderRule.Empty().draw(STEP));
    BlackPixels image = BlackPixels.of(CANVAS, 0, 5);
    assertSame(image, new FounderRule.Image(image).draw(STEP));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertRefused("at least 1 pixel, was 0", () -> new FounderRule.Pixels(0));
    assertRefused("was 1.5", () -> new FounderRule.Share(1.5));
    assertRefused("was NaN", () -> new FounderRule.Share(Double.NaN));
    assertRefused("21 founder pixels", () -> new FounderRule.Pixels(21).draw(STEP));
    Canvas other = Canvas.square(5);
    assertRefused("5x5", () -> new FounderRule.Image(BlackPixels.none(other)).draw(STEP));
    assertRefused("5x5", () -> new FounderRule.OnePixelIn(Region.everywhere(other)).draw(STEP));
  }

  private static void assertRefused(String part, Runnable maker) {
    var e = assertThrows(IllegalArgumentException.class, maker::run);
    assertTrue(String.valueOf(e.getMessage()).contains(part), e::getMessage);
  }
}
