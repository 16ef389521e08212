package org.whisker.feature.evolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.cli.TinyModels;
import org.whisker.command.RecordOptions;
import org.whisker.evolution.Annealing;
import org.whisker.evolution.BruSLeAttack;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.FounderRule;
import org.whisker.evolution.Genetic.Replacement;
import org.whisker.evolution.Greedy;
import org.whisker.evolution.MapElites;
import org.whisker.evolution.Mutation;
import org.whisker.evolution.Objective;
import org.whisker.evolution.Objective.LambdaSchedule;
import org.whisker.evolution.Objective.TargetClass;
import org.whisker.evolution.RandomSearch;
import org.whisker.evolution.Selection;
import org.whisker.evolution.SparseRs;
import org.whisker.evolution.StopRules;
import org.whisker.evolution.operator.Border;
import org.whisker.evolution.operator.Crossover;
import org.whisker.evolution.operator.EditKind;
import org.whisker.evolution.operator.EditMix;
import org.whisker.evolution.operator.EditMix.EditSchedule;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.ImageFiles;
import org.whisker.image.Region;
import org.whisker.image.Tone;
import org.whisker.image.Tones;
import org.whisker.job.InvalidRequestException;

class SearchOptionsTest {
  private static final Canvas CANVAS = Canvas.square(TinyModels.SIDE);

  @TempDir Path temp;

  private static SearchOptions parse(String... args) {
    return RecordOptions.of(SearchOptions.class).asked("evolve", List.of(args), List.of());
  }

  private static EvolutionOptions options(String... args) {
    return parse(args).options(OptionalInt.empty());
  }

  private static EvolutionOptions placed(String... args) throws IOException {
    return parse(args).on(TinyModels.card("tiny"), options(args));
  }

  @Test
  void withoutOptionsItIsThePreset() throws IOException {
    assertEquals(EvolutionOptions.quick(), placed());
    assertEquals(EvolutionOptions.question(), placed("--preset=question"));
    assertEquals(EvolutionOptions.dense(), placed("--preset=dense"));
  }

  @Test
  void operators() {
    var genetic =
        options(
                "--crossover=uniform",
                "--crossover-probability=0.6",
                "--mutation-probability=0.25",
                "--edits=add:2,nudge:1",
                "--edits-per-mutation=4,2,10",
                "--border=wrap",
                "--selection=rank:1.7",
                "--offspring=5")
            .genetic();
    assertEquals(Crossover.UNIFORM, genetic.crossover());
    assertEquals(0.6, genetic.crossoverProbability());
    assertEquals(
        new Mutation(0.25, new EditMix(2, 0, 0, 1, 0, 0), new EditSchedule(4, 2, 10))
            .withBorder(Border.WRAP),
        genetic.mutation());
    assertEquals(new Selection.Rank(1.7), genetic.selection());
    assertEquals(new Replacement.SteadyState(5), genetic.replacement());
    var flips = options("--mutation-rate-per=pixel", "--mutation-probability=0.0001").genetic();
    assertEquals(Mutation.Per.PIXEL, flips.mutation().per());
    assertEquals(2, options("--population=30", "--elites=2").genetic().elites());
    assertEquals(5, options("--population=10").genetic().elites(), "half at most");
  }

  @Test
  void fitnessAndStops() {
    EvolutionOptions o =
        options(
            "--target-class=not-cat",
            "--lambda=linear:0,0.001,2000",
            "--fitness-scale=2",
            "--fitness-offset=10",
            "--target=0.9",
            "--stagnation=50",
            "--max-evaluations=123456789012");
    assertEquals(
        new Objective(TargetClass.NOT_CAT, LambdaSchedule.parse("linear:0,0.001,2000"), 2, 10),
        o.objective());
    assertEquals(0.9, o.stop().target().orElseThrow());
    assertEquals(50, o.stop().stagnation().orElseThrow());
    assertEquals(123_456_789_012L, o.stop().evaluations().orElseThrow());
  }

  @Test
  void baselinesAtEqualBudget() {
    assertEquals(new RandomSearch(100, 70), options("--search=random", "--pixels=70").method());
    assertEquals(new RandomSearch(100, 1000), options("--search=random").method());
    assertEquals(
        new Greedy(30, 2),
        options("--search=greedy", "--probe-stride=2", "--population=30").method());
    EvolutionOptions sparse = options("--search=sparse-rs", "--max-evaluations=2001");
    assertEquals(new SparseRs(10, 50, 0.3, 200), sparse.method());
    assertEquals(2001, sparse.stop().evaluations().orElseThrow());
    assertEquals(2001, sparse.stop().generations(), "the budget ends it");
    assertEquals(0.96, sparse.stop().target().orElseThrow(), "as the preset");
    EvolutionOptions usual = options("--search=sparse-rs", "--population=5");
    assertEquals(10_000, usual.stop().evaluations().orElseThrow());
    assertEquals(new SparseRs(5, 50, 0.3, 1999), usual.method());
    EvolutionOptions timed = parse("--search=sparse-rs").options(OptionalInt.of(70));
    assertEquals(StopRules.after(70).withTarget(0.96), timed.stop());
    assertEquals(new SparseRs(10, 50, 0.3, 70), timed.method());
    assertEquals(new BruSLeAttack(10, 20, 0.3), options("--search=brusle", "--pixels=20").method());
    assertEquals(
        new MapElites(30, EvolutionOptions.quick().genetic().mutation(), 8),
        options("--search=map-elites", "--population=30").method());
  }

  @Test
  void annealingTakesTheMutationOver() {
    String[] args = {
      "--search=annealing", "--temperature=0.5,0.01", "--edits=add:1", "--start=pixels:9"
    };
    Mutation mutation =
        EvolutionOptions.quick().genetic().mutation().withMix(EditMix.only(EditKind.ADD));
    assertEquals(new Annealing(10, mutation, 0.5, 0.01, 999), options(args).method());
  }

  @Test
  void regionsInTheirTimeAndMasks() throws IOException {
    Path mask = temp.resolve("mask@1.png");
    ImageFiles.writePng(mask, BlackPixels.of(CANVAS, 3, 4, 99));
    EvolutionOptions o =
        placed(
            "--region=center:0.5@0..10", "--region=mask:" + mask + "@10..20", "--region=edge:0.1");
    assertEquals(Region.center(CANVAS, 0.5), o.regions().at(CANVAS, 9));
    Region masked = o.regions().at(CANVAS, 10);
    assertEquals(List.of(3, 4, 99), IntStream.range(0, 3).mapToObj(masked::get).toList());
    assertEquals(3, masked.size());
    assertEquals(Region.edge(CANVAS, 0.1), o.regions().at(CANVAS, 20));
  }

  @Test
  void starts() throws IOException {
    assertEquals(new FounderRule.OnePixel(), placed("--start=pixel").founders());
    assertEquals(new FounderRule.Empty(), placed("--start=empty").founders());
    assertEquals(new FounderRule.Pixels(20), placed("--start=pixels:20").founders());
    assertEquals(new FounderRule.Share(0.035), placed("--start=pixels:3.5%").founders());
    assertEquals(
        new FounderRule.OnePixelIn(Region.center(CANVAS, 0.3)),
        placed("--start=center:0.3").founders());
    BlackPixels image = BlackPixels.of(CANVAS, 1, 50, 77);
    Path file = temp.resolve("start.png");
    ImageFiles.writePng(file, image);
    assertEquals(new FounderRule.Image(image), placed("--start=" + file).founders());
  }

  @Test
  void aStartInOtherTonesIsReadInThem() throws IOException {
    BlackPixels image = BlackPixels.of(CANVAS, 1, 50, 77);
    Path file = temp.resolve("white-on-gray.png");
    ImageFiles.writePng(file, new Tones(0.5f, 1).painted(image));
    EvolutionOptions o = placed("--background=0.5", "--ink=1", "--start=" + file);
    assertEquals(new FounderRule.Image(image), o.founders());
    assertEquals(new Tones(0.5f, 1), o.tones());
  }

  @Test
  void aStartInColoursIsReadInThem() throws IOException {
    BlackPixels image = BlackPixels.of(CANVAS, 1, 50, 77);
    Path file = temp.resolve("red-on-green.png");
    Tones tones = new Tones(Tone.parse("#008200"), Tone.parse("#ff0000")); // of about one luma
    ImageFiles.writePng(file, tones.painted(image));
    EvolutionOptions o = placed("--background=#008200", "--ink=#ff0000", "--start=" + file);
    assertEquals(new FounderRule.Image(image), o.founders());
    assertEquals(tones, o.tones());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--search=hill | random, greedy, annealing, sparse-rs, brusle, map-elites, was 'hill'",
        "--search=random --elites=1 | --elites is for --search genetic, not for random",
        "--search=greedy --offspring=1 | --offspring is for --search genetic, not for greedy",
        "--search=annealing --tournament=3 | --tournament is for --search genetic",
        "--search=annealing --crossover=none | --crossover is for --search genetic",
        "--search=sparse-rs --edits=add:1 | --edits is for --search genetic or annealing or map",
        "--search=annealing --mutation-probability=0.5 | always tries a mutation",
        "--search=random --start=empty | --start is for --search genetic or annealing or map",
        "--pixels=9 | --pixels is for --search sparse-rs or brusle or random, not for genetic",
        "--search=random --probe-stride=2 | --probe-stride is for --search greedy",
        "--search=greedy --temperature=1,0.1 | --temperature is for --search annealing",
        "--search=annealing --temperature=1 | was '1'",
        "--search=annealing --temperature=1,x | was '1,x'",
        "--search=annealing --temperature=0.1,1 | was 0.1 to 1.0",
        "--search=sparse-rs --pixels=0 | were 10, 0",
        "--search=sparse-rs --population=0 | were 0, 50",
        "--start=pixels:0% | was 0.0",
        "--start=pixels:y%",
        "--elites=1 --offspring=2",
        "--selection=roulette --tournament=3",
        "--crossover=none --crossover-probability=0.5",
        "--mutation-rate-per=pixel",
        "--mutation-rate-per=pixel --mutation-probability=0.1 --border=wrap",
        "--mutation-rate-per=pixel --mutation-probability=0.1 --edits=add",
        "--edits=add:1 --border=wrap",
        "--preset=question --border=wrap",
        "--background=0",
        "--ink=2",
        "--ink=red | must be a gray from 0 to 1 or a colour such as #ff8000, was 'red'",
        "--ink=#ffffff | ink must differ from the background, both were 1.0",
        "--crossover=rows",
        "--selection=best",
        "--border=bounce",
        "--mutation-rate-per=allele",
        "--mutation-rate-per=gene --edits-per-mutation=2 | leave out --edits-per-mutation",
        "--edits=jump:1 | was jump",
        "--edits-per-mutation=0.5",
        "--target-class=dog",
        "--lambda=cubic:1,2,3 | was cubic:1,2,3",
        "--elites=100",
        "--population=20 --elites=30 | --elites 30 leave no room for children in a population of 20;",
        "--offspring=0",
        "--stagnation=0",
        "--max-evaluations=0",
        "--fitness-scale=0",
        "--region=middle",
        "--region=center:7",
        "--region=center:0.5@9..9 | 9..9",
        "--region=30,0,33,9",
        "--start=pixels:x",
        "--start=pixels:0",
        "--start=nowhere.png"
      })
  void impossibleOnesSayWhatWasWrong(String line) {
    int bar = line.indexOf(" | ");
    String[] args = (bar < 0 ? line : line.substring(0, bar)).split(" ", -1);
    var e = assertThrows(InvalidRequestException.class, () -> placed(args));
    String message = String.valueOf(e.getMessage());
    assertEquals(1, message.lines().count(), message);
    String last = args[args.length - 1];
    String value = last.substring(last.indexOf('=') + 1).replaceFirst(".*:", "");
    String option = last.substring(0, last.indexOf('='));
    assertTrue(
        bar < 0
            ? message.contains(value) || message.contains(option)
            : message.contains(line.substring(bar + 3)),
        message);
  }

  @Test
  void picturesOfAnotherSizeOrNone() throws IOException {
    Path small = temp.resolve("small.png");
    ImageFiles.writePng(small, BlackPixels.of(Canvas.square(5), 1));
    Path white = temp.resolve("white.png");
    ImageFiles.writePng(white, BlackPixels.none(CANVAS));
    for (String option : List.of("--start=" + small, "--region=mask:" + small)) {
      var e = assertThrows(InvalidRequestException.class, () -> placed(option));
      assertEquals(small + " is 5x5, the model takes 32x32: resize it", e.getMessage());
    }
    var none = assertThrows(InvalidRequestException.class, () -> placed("--region=mask:" + white));
    assertTrue(String.valueOf(none.getMessage()).contains("no black pixel"), none::getMessage);
    assertThrows(IOException.class, () -> placed("--region=mask:" + temp.resolve("gone.png")));
    Path text = Files.writeString(temp.resolve("text.png"), "text");
    assertThrows(IOException.class, () -> placed("--start=" + text));
  }
}
