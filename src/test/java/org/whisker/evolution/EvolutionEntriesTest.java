package org.whisker.evolution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.evolution.Genetic.Replacement;
import org.whisker.evolution.Objective.LambdaSchedule;
import org.whisker.evolution.Objective.TargetClass;
import org.whisker.evolution.operator.Border;
import org.whisker.evolution.operator.Crossover;
import org.whisker.evolution.operator.EditKind;
import org.whisker.evolution.operator.EditMix;
import org.whisker.evolution.operator.RegionSchedule;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Region;
import org.whisker.image.Tone;
import org.whisker.image.Tones;
import org.whisker.io.JsonFile;

class EvolutionEntriesTest {
  private static final Canvas CANVAS = new Canvas(16, 12);
  private static final Region MASK =
      Region.ofMask(CANVAS, "mask:my file@2.png", index -> index % 7 < 3);

  @TempDir Path temp;

  static Stream<EvolutionOptions> kinds() {
    EvolutionOptions quick = EvolutionOptions.quick();
    Stream<EvolutionOptions> presets =
        Stream.of(quick, EvolutionOptions.question(), EvolutionOptions.dense());
    Stream<EvolutionOptions> genetic =
        genetics().map(change -> EvolutionOptions.quick().withGenetic(change));
    Stream<EvolutionOptions> others =
        Stream.of(
            quick.withTones(new Tones(0.3f, 0.7f)),
            quick.withTones(new Tones(Tone.gray(0.3f), Tone.parse("#12abff"))),
            quick.withCacheCapacity(77),
            quick.withStop(StopRules.after(5)),
            quick.withStop(
                quick.stop().withTarget(0.1 + 0.2).withStagnation(8).withEvaluations(1L << 40)),
            quick.withObjective(
                new Objective(
                    TargetClass.NOT_CAT, LambdaSchedule.parse("geometric:1e-9,0.1,7"), 3, -1)),
            quick.withObjective(
                quick.objective().withPenalty(LambdaSchedule.parse("linear:0,0.3,70"))));
    return Stream.of(presets, genetic, places(), baselines(), others).flatMap(it -> it);
  }

  private static Stream<EvolutionOptions> baselines() {
    Mutation mutation = EvolutionOptions.quick().genetic().mutation().withBorder(Border.WRAP);
    return Stream.of(
            new RandomSearch(10, 60),
            new Greedy(7, 3),
            new Annealing(5, mutation, 0.05, 0.001, 100),
            new Annealing(
                5, mutation.withPer(Mutation.Per.PIXEL).withProbability(1e-3), 0.05, 0.001, 100),
            new SparseRs(4, 12, 0.3, 90),
            new BruSLeAttack(4, 12, 0.3),
            new MapElites(20, mutation, 4))
        .map(EvolutionOptions.quick()::withMethod);
  }

  private static Stream<UnaryOperator<Genetic>> genetics() {
    Stream<UnaryOperator<Genetic>> crossovers =
        Stream.of(Crossover.values()).map(kind -> g -> g.withCrossover(kind));
    Stream<UnaryOperator<Genetic>> edits =
        Stream.of(EditKind.values())
            .map(kind -> g -> g.withMutation(g.mutation().withMix(EditMix.only(kind))));
    Stream<UnaryOperator<Genetic>> borders =
        Stream.of(Border.values())
            .map(border -> g -> g.withMutation(g.mutation().withBorder(border)));
    Stream<UnaryOperator<Genetic>> selections =
        Stream.of("tournament:5", "truncation:0.3", "roulette", "rank:1.7")
            .map(text -> g -> g.withSelection(Selection.parse(text)));
    Stream<UnaryOperator<Genetic>> others =
        Stream.of(
            g -> g.withMutation(g.mutation().withPer(Mutation.Per.PIXEL).withProbability(1e-4)),
            g -> g.withReplacement(new Replacement.SteadyState(3)),
            g -> g.withPopulation(23).withCrossoverProbability(1 / 3.0));
    return Stream.of(crossovers, edits, borders, selections, others).flatMap(it -> it);
  }

  private static Stream<EvolutionOptions> places() {
    EvolutionOptions quick = EvolutionOptions.quick();
    Stream<EvolutionOptions> founders =
        Stream.of(
                new FounderRule.OnePixelIn(Region.center(CANVAS, 0.3)),
                new FounderRule.OnePixelIn(MASK),
                new FounderRule.Pixels(20),
                new FounderRule.Share(0.06),
                new FounderRule.Empty(),
                new FounderRule.Image(BlackPixels.none(CANVAS)),
                new FounderRule.Image(BlackPixels.of(CANVAS, 3, 4, 5, 9, 100)))
            .map(quick::withFounders);
    RegionSchedule spans =
        RegionSchedule.parse(
            List.of("center:0.5@0..3000", "m@3000..4000", "edge:0.1", "1,2,3,4@7.."),
            text -> text.equals("m") ? MASK : Region.parse(CANVAS, text));
    return Stream.concat(founders, Stream.of(quick.withRegions(spans)));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whatIsWrittenIsReadBack(EvolutionOptions options) throws IOException {
    EvolutionOptions back = EvolutionEntries.read(written(options), CANVAS);
    assertEquals(options, back);
    assertEquals(EvolutionEntries.of(options), EvolutionEntries.of(back), "names as well");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"method", "population", "selection", "founders", "lambda", "ink", "generations"})
  void whatIsMissingIsNamed(String key) throws IOException {
    ObjectNode manifest = (ObjectNode) written(EvolutionOptions.quick());
    manifest.remove(key);
    assertUnreadable(manifest, key);
  }

  @Test
  void whatCannotBeIsNamed() throws IOException {
    ObjectNode manifest = (ObjectNode) written(EvolutionOptions.quick());
    assertUnreadable(manifest.deepCopy().put("population", "many"), "many");
    assertUnreadable(manifest.deepCopy().put("elites", 100), "100");
    assertUnreadable(manifest.deepCopy().put("method", "magic"), "magic");
    assertUnreadable(manifest.deepCopy().put("founders", "eggs"), "eggs");
  }

  /** Kept runs are found by the entries: two masks of one name are two searches. */
  @Test
  void masksOfOneNameAreTold() {
    Region other = Region.ofMask(CANVAS, MASK.toString(), index -> index % 7 < 2);
    assertNotEquals(
        EvolutionEntries.of(in(MASK)).toString(), EvolutionEntries.of(in(other)).toString());
    assertEquals(
        EvolutionEntries.of(in(MASK)).toString(), EvolutionEntries.of(in(MASK)).toString());
  }

  private static EvolutionOptions in(Region region) {
    return EvolutionOptions.quick().withRegions(RegionSchedule.always(region));
  }

  @Test
  void pixelsAsRuns() {
    assertEquals("3-5,9,100-101", EvolutionEntries.pixelRuns(new int[] {3, 4, 5, 9, 100, 101}));
    for (int[] pixels : new int[][] {{}, {0}, {7, 9, 11}, {0, 1, 2, 3}}) {
      assertArrayEquals(
          pixels, EvolutionEntries.parsePixelRuns(EvolutionEntries.pixelRuns(pixels)));
    }
    assertThrows(IllegalArgumentException.class, () -> EvolutionEntries.parsePixelRuns("3-x"));
  }

  private static void assertUnreadable(JsonNode manifest, String part) {
    var e = assertThrows(IOException.class, () -> EvolutionEntries.read(manifest, CANVAS));
    assertTrue(String.valueOf(e.getMessage()).contains(part), e::getMessage);
  }

  /** The manifest of these options as it stands in the file. */
  private JsonNode written(EvolutionOptions options) throws IOException {
    Path file = temp.resolve("manifest.json");
    JsonFile.write(file, EvolutionEntries.of(options));
    return new ObjectMapper().readTree(Files.readString(file));
  }
}
