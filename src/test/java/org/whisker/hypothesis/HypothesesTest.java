package org.whisker.hypothesis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.whisker.ablation.VerdictAnswer;
import org.whisker.stats.Verdict;

/** Each hypothesis is a file that is called as it is, and all that it names is there. */
class HypothesesTest {
  private static final Path FOLDER = Path.of("src/main/java/org/whisker/hypothesis");

  @Test
  void eachIsAFileOfItsName() {
    for (Hypothesis each : Hypotheses.all()) {
      String name = each.getClass().getSimpleName();
      assertEquals(each.id(), name.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT));
      assertTrue(Files.exists(FOLDER.resolve(name + ".java")), name);
    }
  }

  /** Who only looks at a network has not shown what causes anything. */
  @Test
  void whatOnlyLooksIsCalledNoCause() {
    for (String id :
        List.of(
            "barrier",
            "carriers",
            "landscape",
            "foveation",
            "receptive-field",
            "learned-field",
            "location-tied")) {
      assertEquals(VerdictAnswer.PRESENT, Hypotheses.get(id).answer(Verdict.SUPPORTED, 1), id);
      assertEquals(VerdictAnswer.ABSENT, Hypotheses.get(id).answer(Verdict.NO_EFFECT, 0), id);
    }
    for (String id : List.of("padding", "place-parts", "white-start", "safe-harbour")) {
      assertEquals(VerdictAnswer.CAUSE, Hypotheses.get(id).answer(Verdict.SUPPORTED, 1), id);
    }
  }

  @Test
  void eachFileOfAHypothesisHasALine() throws IOException {
    Set<String> written = new TreeSet<>();
    try (var files = Files.list(FOLDER)) {
      for (Path file : files.toList()) {
        if (Files.readString(file).contains("implements Hypothesis")) {
          written.add(String.valueOf(file.getFileName()).replace(".java", ""));
        }
      }
    }
    assertEquals(
        written,
        Hypotheses.all().stream()
            .map(each -> each.getClass().getSimpleName())
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void experimentsSayWhichHypothesisTheyTest() {
    for (Hypothesis each : Hypotheses.all()) {
      for (Planned planned : each.experiments()) {
        String tested = planned.ablation().hypothesis();
        assertTrue(
            tested.equals(each.id()) || Hypotheses.get(tested).experiments().contains(planned),
            each.id() + " is tested by " + planned.ablation().id());
      }
    }
  }

  @Test
  void ordersAreFixed() {
    assertEquals(
        "geometry uniformity sides barrier landscape place-parts operators search founders"
            + " white-start entry safe-harbour padding background training-centre"
            + " barrier-origin surrogates carriers foveation receptive-field learned-field"
            + " location-tied head",
        String.join(" ", Hypotheses.ids()));
    assertEquals(
        "geometry uniformity sides search question regions founders white-start entry padding"
            + " operators background safe-harbour landscape barrier place-parts"
            + " place-parts-evolved place-parts-layers location-tied carriers"
            + " foveation receptive-field weights surrogates retrained-padding"
            + " training-position barrier-origin head factorial",
        Experiments.all().stream().map(e -> e.id()).collect(Collectors.joining(" ")));
  }

  @Test
  void budgetsHaveTheExperimentsThatTheyHad() {
    assertEquals(
        "geometry uniformity sides operators landscape barrier place-parts location-tied"
            + " carriers foveation receptive-field",
        Experiments.in(Budget.QUICK).stream().map(e -> e.id()).collect(Collectors.joining(" ")));
    Set<String> full =
        Experiments.in(Budget.FULL).stream().map(e -> e.id()).collect(Collectors.toSet());
    Set<String> standard =
        Experiments.in(Budget.STANDARD).stream().map(e -> e.id()).collect(Collectors.toSet());
    assertTrue(standard.contains("padding"));
    full.removeAll(standard);
    assertEquals(Set.of("question"), full);
  }

  @Test
  void theRecipeNamesTheFiles() throws IOException {
    String text = Files.readString(Path.of("CONTRIBUTING.md"));
    for (String name :
        new String[] {
          "src/main/java/org/whisker/hypothesis/Hypothesis.java",
          "src/main/java/org/whisker/hypothesis/Hypotheses.java",
          "src/main/java/org/whisker/hypothesis/Background.java",
          "src/main/java/org/whisker/hypothesis/Sides.java",
          "src/test/java/org/whisker/hypothesis/HypothesesTest.java",
          "src/test/java/org/whisker/cli/OwnHypothesisTest.java",
          "examples/Diagonal.java"
        }) {
      assertTrue(text.contains(name), name);
      assertTrue(Files.exists(Path.of(name)), name);
    }
  }
}
