package org.whisker.feature.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.ablation.VerdictAnswer;
import org.whisker.cli.Folders;
import org.whisker.cli.TinyModels;
import org.whisker.command.CommandFixture;
import org.whisker.command.ExitCode;
import org.whisker.command.TestEnvironment;
import org.whisker.feature.models.ScoreCommand;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.io.Csv;
import org.whisker.io.Csv.CsvRow;
import org.whisker.torch.TorchDevice;
import org.whisker.torch.precision.PrecisionChoice.FastBfloat16;

class ExplainCommandTest extends CommandFixture {
  private static final List<String> SMALL =
      List.of("--runs=2", "--max-evaluations=60", "--generations=6");

  /** Where nobody looks at charts: half the drawing. */
  private static final String FORMAT = "--format=svg";

  /** Of the first experiment in a plan: arms, runs to do, and runs kept. */
  private static final String PLANNED = "(?s).*tiny +geometry +2 +%d +%d .*";

  /** Where two models were explained together, and then the first of them alone. */
  @TempDir static Path explained = Path.of("");

  /** The report of both models. */
  private static final String BOTH = "reports/explain-20261125-101500";

  /** What was said of both. */
  private static String saidOfBoth = "";

  /** What was planned, and which files the cache had, before the report of the first alone. */
  private static String planOfSecond = "";

  private static long cachedBefore;
  private static long cachedAfter;

  @BeforeAll
  static void explainOnce() throws IOException {
    TinyModels.save(explained, "tiny");
    TinyModels.save(explained, "second", 8);
    saidOfBoth = once(new TestEnvironment(explained), "tiny", "second");
    planOfSecond = plan(explained, "tiny");
    cachedBefore = files(explained.resolve("cache"));
    once(TestEnvironment.withoutCharts(explained), "tiny", "--out=" + explained.resolve("second"));
    cachedAfter = files(explained.resolve("cache"));
    String half = "--precision=bfloat16";
    String out = "--out=" + explained.resolve("bfloat16");
    once(TestEnvironment.withoutCharts(explained), "tiny", half, "--fresh", out);
  }

  private static String once(TestEnvironment asked, String... more) {
    List<String> args = new ArrayList<>(List.of("explain", "--device=cpu", "--quiet"));
    args.addAll(SMALL);
    args.addAll(List.of(more));
    assertEquals(0, asked.run(ExplainCommand::new, args.toArray(String[]::new)), asked.err());
    return asked.out();
  }

  private int explain(String... more) {
    return command(ExplainCommand::new, List.of("explain", "--device=cpu", "--quiet"), more);
  }

  private int small(String... more) {
    List<String> args = new ArrayList<>(SMALL);
    args.add(FORMAT);
    args.addAll(List.of(more));
    return explain(args.toArray(String[]::new));
  }

  /** Every file's content by its name, but for what tells times. */
  private static Map<String, String> tables(Path folder) throws IOException {
    Map<String, String> tables = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".csv")).toList()) {
        tables.put(folder.relativize(file).toString(), Files.readString(file));
      }
    }
    return tables;
  }

  private static JsonNode manifest(Path folder) throws IOException {
    return new ObjectMapper().readTree(folder.resolve("manifest.json").toFile());
  }

  @Test
  void explainsTwoModelsInASentenceEachAndAGrid() throws IOException {
    Path folder = explained.resolve(BOTH);
    List<String> said = saidOfBoth.lines().toList();
    assertTrue(said.get(0).startsWith("tiny: "), saidOfBoth);
    assertTrue(said.stream().anyMatch(line -> line.startsWith("second: ")), saidOfBoth);
    int heads = said.indexOf("Is there a bias?") - 1;
    assertTrue(said.get(heads).matches(" +tiny +second"), saidOfBoth);
    assertTrue(said.get(heads + 2).startsWith("  a bias towards edge or centre  "), saidOfBoth);
    String last = said.get(said.size() - 1);
    assertTrue(last.endsWith(folder.resolve("index.html").toString()), saidOfBoth);

    String page = Files.readString(folder.resolve("index.html"));
    assertTrue(page.startsWith("<!") && page.stripTrailing().endsWith("</html>"));
    assertTrue(page.contains("tiny") && page.contains("second"));
    // pictures in base 64 may hold any letters
    String text = page.replaceAll("(?s)<script.*?</script>|\"data:[^\"]*\"", "");
    assertFalse(text.contains("NaN"));
    assertTrue(text.contains("Edge index in each arm (geometry)"));
    assertFalse(text.contains("Edge index in each arm (operators)"), "the control's, once more");
    for (String model : List.of("tiny", "second")) {
      Path own = folder.resolve(model);
      // two arms: evolved, and seen rolled
      assertEquals(4, Csv.rows(own.resolve("geometry/arms.csv")).size());
      assertTrue(Files.exists(own.resolve("runs/2/best.png")));
      assertFalse(Csv.rows(own.resolve("climb.csv")).isEmpty());
      for (String table : List.of("probe_profile", "gradient_profile")) {
        assertEquals(10, Csv.rows(own.resolve(table + ".csv")).size(), table);
      }
    }
    assertEquals(2, Csv.rows(folder.resolve("models.csv")).size());
    assertEquals(4, Csv.rows(folder.resolve("compare/transfer.csv")).size());
    assertEquals("quick", manifest(folder).get("budget").asText());
    assertEquals("done", manifest(folder).get("status").asText());
    assertEquals(60, manifest(folder).get("evaluations").asInt());
  }

  @Test
  void everyHypothesisHasARowForEachModel() throws IOException {
    Path out = explained.resolve("second");
    List<CsvRow> rows = Csv.rows(out.resolve("findings.csv"));
    assertEquals(Hypotheses.all().size(), rows.size());
    Set<String> verdicts = new HashSet<>();
    for (CsvRow row : rows) {
      verdicts.add(row.text("verdict"));
      assertEquals(row.text("verdict").equals("untested"), !row.text("reason").isEmpty());
    }
    assertTrue(
        Arrays.stream(VerdictAnswer.values())
            .map(VerdictAnswer::label)
            .collect(Collectors.toSet())
            .containsAll(verdicts),
        verdicts.toString());
    assertFalse(Files.exists(out.resolve("compare")));
  }

  @Test
  void aSecondReportFindsTheRunsOfTheFirstAndComesToTheSame() throws IOException {
    assertTrue(planOfSecond.matches(String.format(Locale.ROOT, PLANNED, 0, 4)), planOfSecond);
    Map<String, String> tables = tables(explained.resolve(BOTH).resolve("tiny"));
    assertTrue(tables.size() > 20, "" + tables.keySet());
    assertEquals(tables, tables(explained.resolve("second/tiny")));
    assertEquals(cachedBefore, cachedAfter);
    assertEquals(2, files(explained.resolve("cache/forecasts")), "a forecast a model");
    // other weights under the same name: nothing of the first is theirs
    Folders.copy(explained.resolve("models"), home.resolve("models"));
    Folders.copy(explained.resolve("cache"), home.resolve("cache"));
    String same = plan("tiny");
    assertTrue(same.matches(String.format(Locale.ROOT, PLANNED, 0, 4)), same);
    TinyModels.save(home, "another", 9);
    Files.move(home.resolve("models/tiny"), home.resolve("models/tiny-before"));
    Files.move(home.resolve("models/another"), home.resolve("models/tiny"));
    String card = Files.readString(home.resolve("models/tiny/model.json"));
    Files.writeString(
        home.resolve("models/tiny/model.json"), card.replace("\"another\"", "\"tiny\""));
    String plan = plan("tiny");
    assertTrue(plan.matches(String.format(Locale.ROOT, PLANNED, 4, 0)), plan);
  }

  private String plan(String... more) {
    return plan(home, more);
  }

  private static String plan(Path home, String... more) {
    TestEnvironment asked = new TestEnvironment(home);
    List<String> args = new ArrayList<>(List.of("explain", "--device=cpu", "--dry-run"));
    args.addAll(SMALL);
    args.addAll(List.of(more));
    assertEquals(0, asked.run(ExplainCommand::new, args.toArray(String[]::new)), asked.err());
    return asked.out();
  }

  private static long files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).count();
    }
  }

  @Test
  void aDryRunPlansAndWritesNoReport() throws IOException {
    TinyModels.save(home, "tiny");
    String plan = plan("tiny");
    assertTrue(plan.contains("geometry") && plan.contains("location-tied"), plan);
    assertTrue(plan.contains("No report was written"), plan);
    assertFalse(plan.contains("background"), plan);
    JsonNode standard =
        new ObjectMapper().readTree(plan("tiny", "--budget=standard", "--json", "--quiet"));
    assertTrue(standard.get("plan").findValuesAsText("experiment").contains("background"));
    assertTrue(standard.at("/plan/1/runs_to_do").isIntegralNumber());
    assertTrue(standard.at("/paces/0/images_per_second").asDouble() > 0);
    assertTrue(standard.get("seconds").asDouble() > 0);
    assertFalse(Files.exists(home.resolve("reports")));
    // whether the network ranks in bfloat16 as in float32 is measured once, and kept; a processor
    // that is no faster in bfloat16 has no need of it
    Path cache = home.resolve("cache");
    boolean fast = FastBfloat16.on(TorchDevice.cpu()).available();
    Set<String> kept = Files.exists(cache) ? Folders.names(cache) : Set.of();
    assertEquals(fast ? Set.of("ranks") : Set.of(), kept);
  }

  @Test
  void aStoppedReportGoesOnToTheSameFiles() throws IOException {
    TinyModels.save(home, "tiny");
    Path whole = explained.resolve("bfloat16");
    String searches = "--precision=bfloat16";
    Path stopped = home.resolve("stopped");
    test = TestEnvironment.withoutCharts(home);
    test.environment().interrupts().listen();
    test.signal();
    assertEquals(
        ExitCode.INTERRUPTED, small("tiny", searches, "--fresh", "--out=" + stopped), test.err());
    assertEquals("stopped", manifest(stopped).get("status").asText());
    assertTrue(test.err().contains("--resume " + stopped), test.err());
    assertFalse(Files.exists(stopped.resolve("findings.csv")));
    TestEnvironment again = TestEnvironment.withoutCharts(home);
    assertEquals(
        2,
        again.run(ExplainCommand::new, "explain", "--resume=" + stopped, "--runs=3"),
        again.err());
    assertEquals(
        0,
        again.run(ExplainCommand::new, "explain", "--quiet", "--resume=" + stopped),
        again.err());
    assertEquals(tables(whole), tables(stopped));
    assertFalse(manifest(stopped).has("precision_choice"), "it was asked for");
    assertEquals("bfloat16", manifest(stopped).at("/configuration/on/search").asText());
    assertEquals(0, again.run(ExplainCommand::new, "explain", "--resume=" + stopped));
    Path page = stopped.resolve("index.html"); // the process may end before it
    Files.delete(page);
    assertEquals(0, again.run(ExplainCommand::new, "explain", "--resume=" + stopped));
    assertTrue(Files.exists(page));
    assertTrue(again.out().contains("is done; there is nothing left to do"), again.out());
  }

  @Test
  void searchesInBfloat16AreReportedInFloat32() throws IOException {
    TinyModels.save(home, "tiny");
    Path out = explained.resolve("bfloat16");
    assertEquals("float32", manifest(out).get("precision").asText());
    assertEquals("bfloat16", manifest(out).get("search_precision").asText());
    CsvRow run = Csv.rows(out.resolve("tiny/geometry/arms.csv")).get(0);
    TestEnvironment score = new TestEnvironment(home);
    String image = out.resolve("tiny/runs/1/best.png").toString();
    assertEquals(
        0,
        score.run(ScoreCommand::new, "score", "--model=tiny", "--device=cpu", "--json", image),
        score.err());
    double exact = new ObjectMapper().readTree(score.out()).findValue("logit").asDouble();
    assertEquals(exact, run.number("logit"), 1e-5);
    assertNotEquals(exact, run.number("search_logit"));
  }

  @Test
  void thePrecisionOfSearchesIsTheSameEachTime() throws IOException {
    Path out = explained.resolve(BOTH);
    String chosen = manifest(out).at("/configuration/on/search").asText();
    assertTrue(Set.of("float32", "bfloat16").contains(chosen), chosen);
    JsonNode choice = manifest(out).at("/precision_choice/tiny");
    assertFalse(choice.get("reason").asText().isEmpty(), "" + choice);
    assertFalse(Files.exists(explained.resolve("cache/precision")), "there is nothing to keep");
    Path again = explained.resolve("second");
    assertEquals(choice, manifest(again).at("/precision_choice/tiny"));
    assertEquals(chosen, manifest(again).at("/configuration/on/search").asText());
  }

  @Test
  void whatWasBegunGoesOnInItsPrecision() throws IOException {
    TinyModels.save(home, "tiny");
    Path out = home.resolve("float32");
    test.environment().interrupts().listen();
    test.signal();
    assertEquals(
        ExitCode.INTERRUPTED, small("tiny", "--precision=float32", "--out=" + out), test.err());
    assertFalse(manifest(out).has("precision_choice"), "it was asked for");
    TestEnvironment resumed = new TestEnvironment(home);
    resumed.environment().interrupts().listen();
    resumed.signal();
    assertEquals(
        ExitCode.INTERRUPTED,
        resumed.run(ExplainCommand::new, "explain", "--resume=" + out),
        resumed.err());
    assertFalse(manifest(out).has("precision_choice"));
    assertEquals("float32", manifest(out).at("/configuration/on/search").asText());
  }

  @Test
  void withPhotosNetworksAreTrainedOnceForAllReports() throws IOException {
    test = new TestEnvironment(explained); // where the runs without networks of their own are kept
    for (String split : List.of("train", "val", "test")) {
      TinyModels.photos(home.resolve("photos").resolve(split), 32);
    }
    String data = "--data=" + home.resolve("photos");
    String[] trained = {"tiny", data, "--networks=2", "--train-epochs=1"};
    String toTrain = plan(explained, trained);
    assertTrue(toTrain.contains("8 networks to train"), toTrain);
    Path out = home.resolve("out");
    List<String> args = new ArrayList<>(List.of(trained));
    args.add("--out=" + out);
    assertEquals(0, small(args.toArray(String[]::new)), test.err());
    for (CsvRow row : Csv.rows(out.resolve("findings.csv"))) {
      if (Set.of("training-centre", "head").contains(row.text("hypothesis"))) {
        String why = row.text("reason");
        assertTrue(
            why.isEmpty()
                || why.startsWith("too few")
                // two networks trained for an epoch have learned nothing of where photos lie
                || why.startsWith("training on shifted photos did not"),
            why);
      }
    }
    assertEquals(4, Csv.rows(out.resolve("tiny/head/networks.csv")).size());
    String page = Files.readString(out.resolve("index.html"));
    assertTrue(page.contains("Performance of the networks trained for this experiment"));
    assertTrue(manifest(out).get("training").get("tiny").has("regime"));

    Path cached = explained.resolve("cache/trained/tiny");
    Map<String, String> before = times(cached);
    assertEquals(4 * 2 + 2 * 2 + 2 * 2, before.size());
    String nothingToTrain = plan(explained, trained);
    assertFalse(nothingToTrain.contains("networks to train"), nothingToTrain);
    args.set(args.size() - 1, "--out=" + home.resolve("again"));
    test = TestEnvironment.withoutCharts(explained);
    assertEquals(0, small(args.toArray(String[]::new)), test.err());
    assertEquals(before, times(cached));
    assertEquals(tables(out), tables(home.resolve("again")));
    assertEquals(2, small("tiny", "--networks=3"), test.err());
  }

  /** When each network's weights were written. */
  private static Map<String, String> times(Path folder) throws IOException {
    Map<String, String> times = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.endsWith("weights.safetensors")).toList()) {
        times.put(file.toString(), Files.getLastModifiedTime(file).toString());
      }
    }
    return times;
  }

  @Test
  void comparesTwoModels() throws IOException {
    test = new TestEnvironment(explained); // two of the three runs are kept there
    Path out = home.resolve("out");
    assertEquals(
        0,
        test.run(
            CompareCommand::new,
            "compare",
            "tiny",
            "second",
            "--device=cpu",
            "--quiet",
            "--runs=3",
            "--max-evaluations=60",
            "--generations=6",
            FORMAT,
            "--out=" + out),
        test.err());
    assertTrue(Files.exists(out.resolve("index.html")));
    assertFalse(Csv.rows(out.resolve("compare/differences.csv")).isEmpty());
    assertEquals(2, test.run(CompareCommand::new, "compare", "tiny"));
    assertEquals(2, test.run(CompareCommand::new, "compare", "tiny", "tiny"));
  }

  @Test
  void wrongUsageLeavesNoFolder() throws IOException {
    TinyModels.save(home, "tiny");
    for (String option :
        List.of(
            "--runs=1",
            "--runs=0",
            "--generations=0",
            "--budget=x",
            "--max-evaluations=0",
            "--precision=x")) {
      TestEnvironment fresh = new TestEnvironment(home);
      assertEquals(2, fresh.run(ExplainCommand::new, "explain", "tiny", option), option);
      assertEquals(1, fresh.err().lines().count(), fresh.err());
    }
    TestEnvironment quick = new TestEnvironment(home);
    assertEquals(2, quick.run(ExplainCommand::new, "explain", "tiny", "--quick"));
    assertTrue(quick.err().contains("'--quick' (like --budget quick?)"), quick.err());
    assertEquals(2, explain(".."));
    assertEquals(2, explain("tiny", "tiny"));
    assertEquals(1, explain("tiny", "none"));
    assertEquals(1, explain());
    assertTrue(test.err().contains("vgg16-mini"), test.err());
    assertFalse(Files.exists(home.resolve("reports")));
  }
}
