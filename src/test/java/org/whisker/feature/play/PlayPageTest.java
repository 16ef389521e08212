package org.whisker.feature.play;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whisker.classifier.ModelStore;
import org.whisker.cli.Main;
import org.whisker.cli.TinyModels;
import org.whisker.command.TestEnvironment;
import org.whisker.feature.play.Guard.Token;
import org.whisker.feature.play.PlayCommand.StoredPlayModels;
import org.whisker.feature.play.PlayModels.ModelChoice;
import org.whisker.feature.play.StateCode.PlayState;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.ImageFiles;
import org.whisker.image.Tones;
import org.whisker.page.Browser;
import org.whisker.page.Contrast;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;

/** The page as users get it. Skipped where there is no Chromium, but not where it must be. */
class PlayPageTest {
  private static final int SIDE = TinyModels.SIDE;

  @TempDir static Path home;
  private static Browser browser;
  private static PlayServer server;
  private static PlayPage page;

  @BeforeAll
  static void start() throws Exception {
    browser = Browser.start(home);
    TinyModels.save(home, "tiny");
    TinyModels.save(home, "other", 11);
    ModelStore store = new ModelStore(home.resolve("models"));
    StoredPlayModels models =
        new StoredPlayModels(
            store, List.of("tiny", "other"), TorchClassifier.Settings.cpu(Precision.FLOAT32));
    PlayState first =
        new PlayState(
            GrayImage.filled(Canvas.square(SIDE), 1),
            Tones.standard(),
            ModelChoice.of("tiny"),
            Optional.empty());
    server = PlayServer.start(models, first, Token.random(new SecureRandom()), 0, Reach.here());
    page = new PlayPage(browser, SIDE);
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void load() throws Exception {
    look(1280, 800, false, false);
    page.open(server.link());
  }

  @AfterEach
  void clean() {
    page.assertClean(server.url());
  }

  private static void look(int width, int height, boolean phone, boolean dark) throws Exception {
    browser.look(width, dark);
    browser.call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", phone));
    browser.call("Emulation.setTouchEmulationEnabled", Map.of("enabled", phone));
  }

  /** The logit and p(target) that the command line gives for the image as it is saved. */
  private static double[] scoredByCommand(String model) throws Exception {
    Path png = page.saved("#png", Files.createTempDirectory(home, "saved"), "picture.png");
    TestEnvironment test = new TestEnvironment(home);
    String[] line = {"score", "--model", model, png.toString()};
    assertEquals(0, Main.run(line, test.environment()), test.err());
    String[] cells = test.out().lines().toList().get(1).split(",", -1);
    return new double[] {Double.parseDouble(cells[1]), Double.parseDouble(cells[2])};
  }

  @Test
  void wordsNameTheClassOfTheModel() throws Exception {
    page.until(
        "import('./words.js').then(words => { window.said ="
            + " words.inWords('p(target) of a cat, not-cat: towards cat', 'owl'); }) &&"
            + " window.said === 'p(target) of an owl, not-owl: towards owl'");
    assertEquals("p(target)", page.text("#score-first .label"));
  }

  @Test
  void examplesAreClickedAndSurviveAReload() throws Exception {
    double white = page.p();
    page.click("#example-edge");
    page.scored();
    double edge = page.p();
    assertNotEquals(white, edge);
    page.reload(server.link());
    assertEquals(edge, page.p());
    page.click("#example-middle");
    page.scored();
    assertNotEquals(edge, page.p());
  }

  @Test
  void whatIsPaintedIsScoredAsTheCommandScoresItsPng() throws Exception {
    double white = page.p();
    page.drag(3, 3, 20, 5, 20, 28);
    page.click("[name=tool][value=gray]");
    page.drag(8, 20, 12, 24);
    page.click("[name=tool][value=erase]");
    page.drag(20, 10);
    assertEquals(5, page.count(128));
    assertEquals(40, page.count(0), "18 across, 23 more down, less one");
    double[] command = scoredByCommand("tiny");
    assertEquals(command[0], page.logit(), 1e-5);
    assertEquals(command[1], page.p(), 0.0006);
    assertTrue(white != page.p(), "nothing has changed");
    assertTrue(page.text("#took").contains("shown after"), page.text("#took"));
    assertTrue(page.text("#e-text").startsWith("of 4"), page.text("#e-text"));
  }

  @Test
  void theKeyboardAloneDoes() throws Exception {
    String focus = "document.activeElement.id";
    for (int i = 0; i < 40 && !browser.eval(focus).asText().equals("picture"); i++) {
      page.key("Tab", false);
    }
    assertEquals("picture", browser.eval(focus).asText());
    page.key("ArrowRight", false);
    page.key("ArrowDown", false);
    page.key(" ", false);
    page.key("ArrowRight", false);
    page.key("Enter", false);
    page.scored();
    assertEquals(2, page.count(0));
    assertTrue(page.text("#hover").startsWith("x 18, y 17: gray 0"), page.text("#hover"));
    double[] command = scoredByCommand("tiny");
    assertEquals(command[0], page.logit(), 1e-5);
    browser.eval("document.getElementById('picture').focus()");
    page.key("w", false);
    page.key(" ", false);
    page.scored();
    assertEquals(1, page.count(0));
    page.key("z", true);
    page.key("z", true);
    page.scored();
    assertEquals(1, page.count(0), "both undone: the first pixel is left");
  }

  @ParameterizedTest
  @CsvSource({"390,844,true", "390,844,false", "1280,800,true", "1280,800,false"})
  void itFitsAndCanBeRead(int width, int height, boolean dark) throws Exception {
    look(width, height, width < 600, dark);
    page.open(server.link());
    if (width < 600) {
      page.swipe(3, 3, 20, 5);
    } else {
      page.drag(3, 3, 20, 5);
    }
    assertEquals(18, page.count(0));
    page.choose("beside", "other");
    page.until("!document.getElementById('score-beside').hidden");
    page.click("[name=map][value=grad-cam]");
    page.until("!document.getElementById('overlay').hidden");
    assertEquals(
        0,
        browser
            .eval("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            .asInt(),
        "the page is wider than the window");
    assertEquals("[]", browser.eval(Contrast.SCRIPT).toString(), "text that does not stand out");
    browser.screenshot(Path.of("target", "play-" + width + (dark ? "-dark" : "") + ".png"));
  }

  @Test
  void theProbeMapPredictsWhatAPixelDoes() throws Exception {
    page.drag(3, 3, 9, 5);
    page.click("[name=map][value=probe]");
    page.until("document.getElementById('map-text').textContent.startsWith('By tiny')");
    page.until("document.getElementById('job').hidden");
    page.point(14, 12);
    String said = page.text("#hover");
    assertTrue(said.startsWith("x 14, y 12: gray 255 · black here: Δlogit"), said);
    double predicted = Double.parseDouble(said.substring(said.lastIndexOf(' ') + 1));
    double before = page.logit();
    page.drag(14, 12);
    assertEquals(predicted, page.p(), 0.0011);
    assertTrue(before != page.logit(), "the pixel does nothing");
    assertTrue(page.text("#map-text").startsWith("Of an earlier image"), page.text("#map-text"));
    assertTrue(page.text("#hover").contains("earlier image"), page.text("#hover"));
    Path csv = page.saved("#map-csv", Files.createTempDirectory(home, "csv"), "probe.csv");
    assertEquals(1 + SIDE * SIDE, Files.readAllLines(csv).size());
  }

  @Test
  void everyMapComesAndAJobIsCancelled() throws Exception {
    page.drag(3, 3, 9, 5);
    for (String kind : List.of("gradient", "occlusion", "grad-cam")) {
      page.click("[name=map][value=" + kind + "]");
      page.until("!document.getElementById('overlay').hidden");
      page.until("document.getElementById('job').hidden");
      assertTrue(page.text("#map-text").startsWith("By tiny"), page.text("#map-text"));
    }
    page.click("[name=map][value=none]");
    page.until("document.getElementById('overlay').hidden");
    browser.eval("document.getElementById('preset').value = 'question'");
    browser.eval("document.getElementById('generations').value = 10000");
    page.click("#evolve");
    page.until("document.getElementById('evolution-text').textContent.startsWith('Generation')");
    // not by the mouse: the bar's text grows meanwhile, and the button moves away under it
    browser.eval("document.getElementById('cancel').click()");
    page.until("document.getElementById('evolution-text').textContent.endsWith('; stopped.')");
    page.until("document.getElementById('job').hidden");
  }

  @Test
  void aPatternIsDraggedAndItsTraceDrawn() throws Exception {
    page.drag(3, 3, 9, 5);
    double before = page.logit();
    page.click("[name=tool][value=move]");
    page.drag(10, 10, 12, 10, 16, 10);
    assertTrue(
        page.text("#shift-text").startsWith("Moved 6 right, 0 down"), page.text("#shift-text"));
    assertTrue(browser.eval("document.querySelectorAll('#trace .point').length").asInt() > 0);
    double moved = page.logit();
    page.drag(20, 10, 14, 10);
    assertEquals(before, page.logit(), 1e-5);
    page.click("#all-right");
    page.until("document.getElementById('shift-text').textContent.startsWith('All shifts')");
    assertTrue(
        browser
                .eval("document.querySelector('#trace .first').getAttribute('d')")
                .asText()
                .chars()
                .filter(c -> c == 'L')
                .count()
            == SIDE - 1);
    page.click("#mirror-x");
    page.scored();
    page.click("#mirror-x");
    page.scored();
    assertEquals(before, page.logit(), 1e-5);
    assertTrue(moved != before, "a shift changes nothing");
    page.click("#blur");
    page.until("document.getElementById('history').textContent !== ''");
    page.scored();
    page.until("!document.getElementById('undo').disabled");
  }

  @Test
  void modelsAndPaddingsStandBesideEachOther() throws Exception {
    page.drag(3, 3, 20, 5);
    double own = page.logit();
    page.choose("beside", "other");
    page.until("!document.getElementById('score-beside').hidden");
    double second =
        browser.eval("Number(document.getElementById('score-beside').dataset.logit)").asDouble();
    assertEquals(scoredByCommand("other")[0], second, 1e-5);
    assertTrue(page.text("#difference").startsWith("Difference of p(target): "));
    page.choose("beside", "tiny");
    page.choose("beside-padding", "circular");
    page.until(
        "document.querySelector('#score-beside .name').textContent === 'tiny with circular"
            + " padding'");
    assertTrue(
        browser.eval("Number(document.getElementById('score-beside').dataset.logit)").asDouble()
            != own);
    page.choose("tones", "0 255");
    page.scored();
    assertEquals(18, page.count(255), "what was black on white is white on black");
  }

  @Test
  void anEvolvedImageIsThatOfTheCommandAndGoesOnTheCanvas() throws Exception {
    page.choose("padding", "circular");
    page.scored();
    browser.eval("document.getElementById('generations').value = 6");
    page.click("#evolve");
    page.until("/done\\.|0\\.96\\./.test(document.getElementById('evolution-text').textContent)");
    String command = page.text("#evolution-command");
    page.click("#take");
    page.scored();
    TestEnvironment test = new TestEnvironment(home);
    Path out = home.resolve("evolved");
    String line = command.replace("./whisker ", "") + " --quiet --out " + out;
    assertEquals(0, Main.run(line.split(" ", -1), test.environment()), test.err());
    GrayImage best = ImageFiles.readGray(out.resolve("runs/1/best.png"));
    Path png = page.saved("#png", Files.createTempDirectory(home, "saved"), "picture.png");
    assertEquals(best, ImageFiles.readGray(png));
  }

  @Test
  void aPhotoIsLoadedAndALinkOpensItAgain() throws Exception {
    Path photo = home.resolve("photo.png");
    ImageFiles.writePng(photo, TinyModels.picture(60, 45, 0.4, 3));
    browser.call("DOM.enable", Map.of());
    int root = browser.call("DOM.getDocument", Map.of()).at("/root/nodeId").asInt();
    int input =
        browser
            .call("DOM.querySelector", Map.of("nodeId", root, "selector", "#photo"))
            .path("nodeId")
            .asInt();
    int before = browser.eval("document.body.dataset.picture").asInt();
    browser.call(
        "DOM.setFileInputFiles", Map.of("nodeId", input, "files", List.of(photo.toString())));
    page.until("document.body.dataset.picture > " + before);
    page.scored();
    double logit = page.logit();
    assertEquals(scoredByCommand("tiny")[0], logit, 1e-5);
    page.click("#link");
    page.until("document.getElementById('copied').dataset.text");
    String link = browser.eval("document.getElementById('copied').dataset.text").asText();
    page.open(link);
    assertEquals(logit, page.logit(), 1e-6);
  }

  /** Even if something found its way into the page, it would not run. */
  @Test
  void noCodeRunsThatIsNotTheServers() throws Exception {
    browser.eval(
        "(s => { try { s.textContent = 'window.stolen = 1'; } catch { } document.body.append(s);"
            + " })(document.createElement('script'))");
    browser.eval(
        "(b => { try { b.setAttribute('onclick', 'window.stolen = 2'); } catch { }"
            + " document.body.append(b); b.click(); })(document.createElement('b'))");
    assertEquals("undefined", browser.eval("typeof window.stolen").asText());
    assertFalse(browser.heard("Log.entryAdded").isEmpty(), "the policy said nothing");
    page.open(server.link());
  }

  @Test
  void anOldKeyIsSaidInTheirWords() throws Exception {
    browser.load("about:blank");
    browser.load(server.url() + "#token=old");
    page.until("document.getElementById('error')?.textContent.includes('key')");
    // the refusals are in the console, as they must be
    page.open(server.link());
  }
}
