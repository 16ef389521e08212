package org.whisker.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whisker.feature.explain.ReportPage;

/** The page as readers get it. Skipped where there is no Chromium, but not where it must be. */
class PageInBrowserTest {
  private static final int DESK = 1250;

  @TempDir static Path temporary;
  private static Path folder;
  private static Browser browser;

  @BeforeAll
  static void start() throws Exception {
    browser = Browser.start(temporary);
    folder = temporary.resolve("a report");
    SampleFolder.write(folder, "model-a", "model-b");
    ReportPage.write(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void load() throws Exception {
    browser.look(DESK, false);
    browser.load(folder.resolve("index.html"));
  }

  @Test
  void nothingGoesWrongAndNothingIsFetched() throws Exception {
    assertEquals(List.of(), browser.complaints());
    for (JsonNode request : browser.heard("Network.requestWillBeSent")) {
      String url = request.path("request").path("url").asText();
      assertTrue(
          url.startsWith("data:") || url.equals(folder.resolve("index.html").toUri().toString()),
          url);
    }
    assertTrue(browser.eval("document.documentElement.classList.contains('js')").asBoolean());
  }

  @Test
  void theVerdictsSortByAHeaderAndKeepTheirModelsTogether() throws Exception {
    String ids =
        "Array.from(document.querySelectorAll('.verdicts .id')).map(e => e.textContent.trim())";
    List<String> before = browser.texts(ids);
    assertEquals("geometry", before.get(0));
    String click = "document.querySelectorAll('.verdicts thead button')[4].click()";
    browser.eval(click);
    List<String> ascending = browser.texts(ids);
    assertEquals(List.of("padding", "safe-harbour"), ascending.subList(0, 2), "−26 %, 95 %");
    browser.eval(click);
    List<String> descending = browser.texts(ids);
    assertEquals(List.of("safe-harbour", "padding"), descending.subList(0, 2));
    assertEquals(before.size(), descending.size());
    String sorted = "document.querySelectorAll('.verdicts thead th')[4].getAttribute('aria-sort')";
    assertEquals("descending", browser.eval(sorted).asText());
    String first =
        "Array.from(document.querySelector('.verdicts tbody').rows).map(r =>"
            + " r.querySelector('.scope').textContent)";
    assertEquals(List.of("model-a", "model-b"), browser.texts(first));
  }

  @Test
  void aPlainTableSortsItsNumbersAsNumbers() throws Exception {
    String table = "Array.from(document.querySelectorAll('#families table'))[0]";
    String column = "Array.from(" + table + ".tBodies[0].rows).map(r => r.cells[3].textContent)";
    browser.eval(table + ".querySelectorAll('thead button')[3].click()");
    assertTrue(browser.texts(column).get(0).startsWith("0.13"));
    browser.eval(table + ".querySelectorAll('thead button')[3].click()");
    assertTrue(browser.texts(column).get(0).startsWith("0.58"));
  }

  @Test
  void everyLinkLeadsSomewhere() throws Exception {
    List<String> links =
        browser.texts(
            "Array.from(document.querySelectorAll('a')).map(a => a.getAttribute('href'))");
    assertTrue(links.size() > 40, "links " + links.size());
    for (String link : links) {
      boolean there =
          link.startsWith("#")
              ? browser.eval("document.querySelector('" + link + "') !== null").asBoolean()
              : Files.isRegularFile(folder.resolve(link));
      assertTrue(there, link);
    }
    assertTrue(
        browser
            .eval(
                "Array.from(document.querySelectorAll('use')).every(u =>"
                    + " document.querySelector(u.getAttribute('xlink:href')) !== null)")
            .asBoolean());
  }

  @Test
  void thePointerAndTheArrowKeysShowValues() throws Exception {
    browser.eval(
        "document.querySelector('.panel[data-values]').scrollIntoView({block: 'center', behavior:"
            + " 'instant'})");
    JsonNode box =
        browser.eval(
            "(b => [b.left + b.width * 0.4, b.top + b.height * 0.5])(document.querySelector('.panel"
                + "[data-values]').getBoundingClientRect())");
    browser.call(
        "Input.dispatchMouseEvent",
        Map.of("type", "mouseMoved", "x", box.get(0).asDouble(), "y", box.get(1).asDouble()));
    String tip = browser.eval("document.getElementById('tip').textContent").asText();
    assertTrue(tip.matches("x \\d+, y \\d+: \u2212?[0-9.]+ Δlogit against the target"), tip);
    browser.eval("document.querySelector('#hypothesis-padding .panel[data-values]').focus()");
    browser.call("Input.dispatchKeyEvent", Map.of("type", "keyDown", "key", "ArrowRight"));
    String key = browser.eval("document.getElementById('tip').textContent").asText();
    assertTrue(key.endsWith("density (1 = chance)"), "\"" + key + "\"");
  }

  @ParameterizedTest
  @CsvSource({"390,false", "390,true", "1250,false", "1250,true"})
  void itFitsAndCanBeRead(int width, boolean dark) throws Exception {
    browser.look(width, dark);
    browser.eval("document.querySelectorAll('details').forEach(d => { d.open = true; })");
    JsonNode overflow =
        browser.eval("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    assertEquals(0, overflow.asInt(), "the page is wider than the window");
    assertEquals(List.of(), browser.texts(Contrast.SCRIPT), "text that does not stand out");
    browser.screenshot(Path.of("target", "page-" + width + (dark ? "-dark" : "") + ".png"));
  }

  @Test
  void theAnswerIsOnTheFirstScreen() throws Exception {
    browser.look(1280, false);
    JsonNode ends =
        browser.eval(
            "Array.from(document.querySelectorAll('.card')).map(e =>"
                + " e.getBoundingClientRect().bottom)");
    assertEquals(2, ends.size(), "a card has the images and the sentences of a network");
    ends.forEach(end -> assertTrue(end.asDouble() <= 800, "ends at " + end.asDouble()));
    JsonNode verdicts = browser.eval("document.querySelectorAll('.grid td').length");
    assertEquals(10, verdicts.asInt(), "the verdicts of five hypotheses on two models follow");
    JsonNode black =
        browser.eval(
            "(p => p.getBBox().width * p.getScreenCTM().a)(document.querySelector('.evolved"
                + " path'))");
    assertTrue(black.asDouble() > 100, "the pixels are drawn, " + black + " px apart");
  }

  @Test
  void theVerdictsLeadToTheirSectionsByKeyboardAlone() throws Exception {
    String focused = "document.activeElement.closest('.grid td') !== null";
    for (int i = 0; i < 30 && !browser.eval(focused).asBoolean(); i++) {
      browser.press("Tab", 9);
    }
    assertTrue(browser.eval(focused).asBoolean(), "a verdict has the focus");
    String leads = browser.eval("document.activeElement.getAttribute('href')").asText();
    browser.press("Enter", 13);
    assertEquals(leads, browser.eval("location.hash").asText());
  }

  @Test
  void aFaintTextWouldBeFound() throws Exception {
    browser.eval("document.querySelector('.subtitle').style.color = '#999999'");
    assertEquals(1, browser.texts(Contrast.SCRIPT).size());
    browser.eval("document.querySelector('main').style.width = '3000px'");
    browser.eval("document.querySelector('main').style.maxWidth = 'none'");
    assertFalse(
        browser
            .eval("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
            .asBoolean());
  }

  @Test
  void itPrints() throws Exception {
    byte[] pdf = browser.pdf();
    assertEquals("%PDF", new String(pdf, 0, 4, StandardCharsets.US_ASCII));
    assertTrue(pdf.length > 20_000, "bytes " + pdf.length);
    Files.write(Path.of("target", "page.pdf"), pdf);
  }
}
