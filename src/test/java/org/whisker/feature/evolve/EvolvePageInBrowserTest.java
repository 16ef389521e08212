package org.whisker.feature.evolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
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
import org.whisker.feature.report.ReportCommand;
import org.whisker.page.Browser;
import org.whisker.page.Contrast;

/** The page of an evolution as people use it. Skipped where there is no Chromium. */
class EvolvePageInBrowserTest {
  private static final String SLIDER = "document.querySelector('.replay input')";

  @TempDir static Path temporary;
  private static Path folder;
  private static Path page;
  private static Browser browser;

  @BeforeAll
  static void start() throws Exception {
    browser = Browser.start(temporary);
    folder = temporary.resolve("an evolution");
    SampleEvolution.write(folder);
    EvolvePage.write(folder);
    page = folder.resolve("index.html");
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void load() throws Exception {
    browser.look(1280, false);
    browser.load(page);
  }

  private static String text(String selector) throws Exception {
    return browser.eval("document.querySelector('.replay " + selector + "').textContent").asText();
  }

  private static int squares(String selector) throws Exception {
    return browser
        .eval(
            "(document.querySelector('.replay "
                + selector
                + "').getAttribute('d') || '').split('M').length - 1")
        .asInt();
  }

  private static void until(String condition) throws Exception {
    for (int i = 0; i < 2_400 && !browser.eval(condition).asBoolean(); i++) {
      Thread.sleep(50);
    }
    assertTrue(browser.eval(condition).asBoolean(), condition);
  }

  @Test
  void nothingGoesWrongAndNothingIsFetched() throws Exception {
    assertEquals(List.of(), browser.complaints());
    for (JsonNode request : browser.heard("Network.requestWillBeSent")) {
      String url = request.path("request").path("url").asText();
      assertTrue(url.startsWith("data:") || url.equals(page.toUri().toString()), url);
    }
  }

  @Test
  void itOpensWithTheLastImageOfTheBestRun() throws Exception {
    assertEquals("12", text(".generation"));
    assertEquals("112", text(".scored"));
    assertEquals("0.680", text(".pcat"));
    assertEquals("5", text(".count"));
    assertEquals(5, squares(".pixels"));
    assertEquals(1, squares(".come"), "the pixel that is new");
  }

  @Test
  void theKeyboardAloneScrubsAndPlays() throws Exception {
    for (int i = 0;
        i < 40 && !browser.eval(SLIDER + " === document.activeElement").asBoolean();
        i++) {
      browser.press("Tab", 9);
    }
    assertTrue(browser.eval(SLIDER + " === document.activeElement").asBoolean());
    browser.press("ArrowLeft", 37);
    assertEquals("10", text(".generation"));
    assertEquals(4, squares(".pixels"));
    browser.press("Home", 36);
    assertEquals("0", text(".generation"));
    assertEquals(1, squares(".pixels"));
    assertTrue(
        browser
            .eval(SLIDER + ".getAttribute('aria-valuetext')")
            .asText()
            .startsWith("generation 0, p(target) 0.200, 1 pixels, E "));
    browser.press(" ", 32);
    assertEquals("Pause", text(".play"));
    until("document.querySelector('.replay .generation').textContent > 0");
    browser.press(" ", 32);
    assertEquals("Play", text(".play"));
    String stopped = text(".generation");
    // by the page's own clock, by which it would go on
    browser.eval("window.waited = false; setTimeout(() => { window.waited = true; }, 900); 0");
    until("window.waited");
    assertEquals(stopped, text(".generation"), "it stays where it was paused");
  }

  @Test
  void playEndsAtTheLastImageAndStepsGoBothWays() throws Exception {
    browser.eval("document.querySelector('.replay .play').click()");
    until("document.querySelector('.replay .play').textContent === 'Play'");
    assertEquals("12", text(".generation"));
    browser.eval("document.querySelector('.replay .back').click()");
    assertEquals("10", text(".generation"));
    browser.eval("document.querySelector('.replay .back').click()");
    assertEquals("8", text(".generation"));
    assertEquals(3, squares(".pixels"), "one pixel was lost");
    browser.eval("document.querySelector('.replay .forth').click()");
    assertEquals("10", text(".generation"));
  }

  @Test
  void aFingerMovesTheSlider() throws Exception {
    browser.look(390, false);
    browser.eval(SLIDER + ".scrollIntoView({block: 'center', behavior: 'instant'})");
    JsonNode at =
        browser.eval(
            "(b => [b.left + b.width / 2, b.top + b.height / 2])("
                + SLIDER
                + ".getBoundingClientRect())");
    Map<String, Double> point = Map.of("x", at.get(0).asDouble(), "y", at.get(1).asDouble());
    browser.call(
        "Input.dispatchTouchEvent", Map.of("type", "touchStart", "touchPoints", List.of(point)));
    browser.call("Input.dispatchTouchEvent", Map.of("type", "touchEnd", "touchPoints", List.of()));
    until("document.querySelector('.replay .generation').textContent === '6'");
  }

  @Test
  void anotherRunCanBeChosen() throws Exception {
    browser.eval(
        "(s => { s.selectedIndex = 1; s.dispatchEvent(new Event('change'));"
            + " })(document.querySelector('.replay select'))");
    assertEquals("0.440", text(".pcat"));
    assertEquals(
        List.of("true", "false"),
        browser.texts(
            "Array.from(document.querySelectorAll('.course')).map(c => String(c.hidden))"));
  }

  /** Who asked for less motion gets an image a second. */
  @Test
  void lessMotionIsRespected() throws Exception {
    browser.reduceMotion();
    assertTrue(browser.eval("matchMedia('(prefers-reduced-motion: reduce)').matches").asBoolean());
    browser.eval(
        "(g => { window.shown = [];"
            + " new MutationObserver(() => {"
            + " window.shown.push([g.textContent, performance.now()]);"
            + " }).observe(g, {childList: true, characterData: true, subtree: true});"
            + " document.querySelector('.replay .play').click();"
            + " })(document.querySelector('.replay .generation'))");
    until("window.shown.length > 1");
    assertEquals("0", browser.eval("window.shown[0][0]").asText());
    assertNotEquals("0", browser.eval("window.shown[1][0]").asText());
    double between = browser.eval("window.shown[1][1] - window.shown[0][1]").asDouble();
    assertTrue(between > 300, "no animation, but an image after " + between + " ms");
    browser.eval("document.querySelector('.replay .play').click()");
    assertNotEquals("12", text(".generation"));
  }

  @ParameterizedTest
  @CsvSource({"390,false", "390,true", "1280,false", "1280,true"})
  void itFitsAndCanBeRead(int width, boolean dark) throws Exception {
    browser.look(width, dark);
    browser.eval("document.querySelectorAll('details').forEach(d => { d.open = true; })");
    assertEquals(
        0,
        browser
            .eval("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            .asInt(),
        "the page is wider than the window");
    assertEquals(List.of(), browser.texts(Contrast.SCRIPT), "text that does not stand out");
    if (width == 390) {
      JsonNode small =
          browser.eval(
              "Array.from(document.querySelectorAll('.replay button, .replay select')).filter(b =>"
                  + " b.getBoundingClientRect().height < 36).length");
      assertEquals(0, small.asInt(), "too small for a finger");
    }
    browser.screenshot(Path.of("target", "evolve-" + width + (dark ? "-dark" : "") + ".png"));
  }

  @Test
  void asASingleFileItWorksWithoutItsFolder() throws Exception {
    Path file = temporary.resolve("alone.html");
    ReportCommand.writeSingleFile(folder, file);
    browser.load(file);
    assertEquals(List.of(), browser.complaints());
    assertEquals("12", text(".generation"));
    assertEquals(
        List.of(),
        browser.texts(
            "Array.from(document.querySelectorAll('a')).map(a => a.getAttribute('href')).filter(h"
                + " => !h.startsWith('#'))"));
  }
}
