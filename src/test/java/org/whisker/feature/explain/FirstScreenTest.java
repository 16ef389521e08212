package org.whisker.feature.explain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.explain.Answer;
import org.whisker.feature.explain.OverviewCards.Overview;
import org.whisker.page.SampleFolder;
import org.whisker.page.Section.Figure;
import org.whisker.position.RingRange;
import org.whisker.position.result.DoseTables.DoseRow;

class FirstScreenTest {
  @TempDir Path folder;

  @BeforeEach
  void sample() throws IOException {
    SampleFolder.write(folder, "model-a", "model-b");
  }

  private Overview overview() throws IOException {
    ReportFolder report = ReportFolder.open(folder);
    return OverviewCards.of(report, List.of(answer("One"), answer("Two")));
  }

  private static Answer answer(String sentence) {
    return Answer.of(
        new Answer.Clause(Optional.empty(), sentence),
        List.of(),
        each -> Optional.empty(),
        each -> false);
  }

  private String page() throws IOException {
    ReportPage.write(folder);
    return Files.readString(folder.resolve("index.html"));
  }

  private static List<String> all(String regex, String text) {
    List<String> found = new ArrayList<>();
    Matcher m = Pattern.compile(regex, Pattern.DOTALL).matcher(text);
    while (m.find()) {
      found.add(m.group(1).strip());
    }
    return found;
  }

  @Test
  void aCardHasTheMostCatLikeImageAndWhatIsKnownOfItsRuns() throws IOException {
    Overview.Card card = overview().cards().get(1);
    assertEquals("model-b", card.model());
    assertEquals("Two.", card.answer().text());
    assertEquals("87.8\u00a0% of test photos right", card.facts());
    // run 3 has the highest p(target), and pixels at (3, 0), (3, 3) and (15, 15)
    Overview.Image image = card.image().orElseThrow();
    assertEquals("Most cat-like: p(target)\u00a00.65, 3 pixels", image.caption());
    assertArrayEquals(new int[] {3, 51, 255}, image.pixels().indices());
    Overview.Confidence success = card.success().orElseThrow();
    assertEquals(List.of(0.45, 0.55, 0.65), success.runs());
    assertEquals("2 of 3 runs reach ½", success.text());
    assertEquals(0.29, success.white().getAsDouble());
    assertEquals(0.2, card.edge().orElseThrow().own().value());
    assertEquals("\u25cf\u00a0E\u00a00.20 in all images", card.edge().orElseThrow().text());
    assertEquals(6, card.map().orElseThrow().scale().max());
  }

  @Test
  void dosesOfAllModelsAreOnOneScaleAboveTheVerdicts() throws IOException {
    assertEquals(1, overview().figures().size(), "what single pixels do");
    dose("model-a", 1);
    dose("model-b", 3);
    Figure figure = overview().figures().get(1);
    assertEquals(2, figure.panels().size());
    String page = page();
    int at = page.indexOf("The cost of black pixels: the mean change");
    assertTrue(at > page.indexOf("class=\"cards") && at < page.indexOf("class=\"grid"), "at " + at);
  }

  private void dose(String model, double height) throws IOException {
    Path barrier = Files.createDirectories(folder.resolve(model + "/barrier"));
    List<DoseRow> rows = new ArrayList<>();
    for (int zone = 1; zone <= 2; zone++) {
      for (int pixels : new int[] {1, 10}) {
        double cost = zone == 1 ? 0 : height * pixels / 10;
        RingRange where = new RingRange((zone - 1) / 2.0, zone / 2.0, 4 * zone - 4, 4 * zone - 1);
        OptionalDouble none = OptionalDouble.empty();
        rows.add(
            new DoseRow(
                "white",
                zone,
                where,
                pixels,
                1,
                cost,
                none,
                none,
                none,
                cost / pixels,
                none,
                none,
                none));
      }
    }
    DoseRow.TABLE.writeIn(barrier, rows);
  }

  @Test
  void withoutTheLargeTableTheMapIsMadeOfTheImages() throws IOException {
    Files.delete(folder.resolve("model-a/density.csv"));
    assertTrue(overview().cards().get(0).map().isEmpty());
    Files.writeString(
        folder.resolve("model-a/geometry/images.csv"),
        "arm,seed,width,height,pixels\nevolved,1,16,16,1 17 255\n");
    float[] map = overview().cards().get(0).map().orElseThrow().density().values();
    assertEquals(256, map.length);
    assertTrue(map[0] > map[120], "denser in the corner than in the middle");
  }

  @Test
  void theGridHasASymbolAndAWordForEachModelAndLinksTheSection() throws IOException {
    String page = page();
    String grid = String.join("\n", all("<table class=\"grid\"(.*?)</table>", page));
    assertEquals(
        List.of(
            "A bias towards edge or centre",
            "The start of evolution",
            "The cost of the centre",
            "Zero padding",
            "Patterns tied to their location"),
        all("<th scope=\"row\"[^>]*>([^<]*)</th>", grid));
    assertEquals(
        List.of(
            "towards the edge", "towards the edge", "undecided", "undecided", "a cause", "a cause"),
        all("</span>([^<]*)</a></td>", grid).subList(0, 6));
    List<String> marks =
        all("aria-hidden=\"true\">([^<]*)</span>", grid).stream().distinct().toList();
    assertEquals(List.of("\u25cf", "\u25d0"), marks, "told apart without colour");
    for (String link : all("href=\"#([^\"]*)\"", grid)) {
      assertTrue(page.contains("<section id=\"" + link + "\""), link);
    }
    assertTrue(
        page.contains("Not tested (<a href=\"#verdicts\">why</a>): a bias towards any positions"));
  }

  @Test
  void theTerminalHasTheSameGrid() throws IOException {
    List<String> lines = ReportPage.verdicts(folder);
    List<String> words =
        lines.stream().map(line -> line.replaceAll(" {2,}", " | ").strip()).toList();
    assertEquals("| model-a | model-b", words.get(0));
    assertEquals("Is there a bias?", words.get(1));
    assertEquals(
        "| a bias towards edge or centre | towards the edge | towards the edge",
        "| " + words.get(2).replaceFirst("^\\| ", ""));
    assertEquals(
        lines.get(0).indexOf("model-b"), lines.get(2).lastIndexOf("towards the edge"), "columns");
    assertTrue(
        lines.get(lines.size() - 1).startsWith("not tested: a bias towards any positions, "));
    List<String> answers =
        ReportPage.answer(folder).stream().filter(line -> !line.startsWith(" ")).toList();
    assertEquals(2, answers.size());
    assertTrue(answers.get(1).startsWith("model-b: 2 of 3 runs reach p(target)"));
  }

  @Test
  void headingsSayWhatWasFound() throws IOException {
    List<String> headings =
        all("<section id=[^>]*>\\s*(?:<p class=\"name\">[^<]*</p>\\s*)?<h2>([^<]*)</h2>", page());
    assertEquals("Verdicts: 8 decided, 2 undecided", headings.get(0));
    assertEquals(
        "Test photos classified correctly: 87.8\u00a0% on model-a, 87.8\u00a0% on model-b",
        headings.get(1));
    assertEquals(
        "Runs whose image reaches p(target) ½: 2 of 3 on model-a, 2 of 3 on model-b",
        headings.get(2));
    assertTrue(
        headings.contains(
            "model-a and model-b: without the cost of the centre, pixels move inwards"),
        headings + "");
    assertTrue(headings.contains("The start of evolution – undecided"), headings + "");
    assertTrue(headings.contains("The models differ in edge index"), headings + "");
  }

  /** What the policy does not name by its hash, a browser does not apply. */
  @Test
  void thePolicyAllowsThePagesOwnStyleAndScriptAlone() throws Exception {
    String page = page();
    String policy = all("Content-Security-Policy\" content=\"([^\"]*)\"", page).get(0);
    assertFalse(policy.contains("unsafe"), policy);
    for (String tag : List.of("style", "script")) {
      Matcher text =
          Pattern.compile("<" + tag + ">(.*?)</" + tag + ">", Pattern.DOTALL).matcher(page);
      assertTrue(text.find());
      byte[] sha =
          MessageDigest.getInstance("SHA-256")
              .digest(text.group(1).getBytes(StandardCharsets.UTF_8));
      String allowed = tag + "-src 'sha256-" + Base64.getEncoder().encodeToString(sha) + "'";
      assertTrue(policy.contains(allowed), policy);
      assertFalse(text.find(), "one " + tag);
    }
    assertFalse(page.contains(" style=\""), "style attributes are not allowed");
    assertFalse(Pattern.compile("<[^>]* on[a-z]+=\"").matcher(page).find(), "nor event attributes");
  }
}
