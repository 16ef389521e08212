package org.whisker.feature.play;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whisker.classifier.ModelStore;
import org.whisker.cli.TinyModels;
import org.whisker.feature.play.Guard.Token;
import org.whisker.feature.play.PlayCommand.StoredPlayModels;
import org.whisker.feature.play.PlayModels.ModelChoice;
import org.whisker.feature.play.StateCode.PlayState;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Tones;
import org.whisker.page.Browser;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;

/** The page in a browser behind a proxy. Skipped where there is no Chromium, unless it must be. */
class PlayPageBehindProxyTest {
  @TempDir static Path home;
  private static Browser browser;

  @BeforeAll
  static void start() throws Exception {
    browser = Browser.start(home);
    TinyModels.save(home, "tiny");
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
  }

  /** A path that a hub takes off or keeps, and a port that an editor forwards to localhost. */
  @ParameterizedTest
  @CsvSource({
    "/user/me/proxy/8080/, true, 127.0.0.1",
    "/user/me/proxy/8080/, false, 127.0.0.1",
    "/, false, localhost"
  })
  void itIsPaintedScoredAndMappedThere(String path, boolean strips, String host) throws Exception {
    try (PathProxy proxy = new PathProxy(path, strips)) {
      String origin = "http://" + host + ":" + proxy.port();
      Reach reach = Reach.of(Optional.of(path), Optional.of(origin), List.of());
      try (PlayServer server = serve(reach)) {
        proxy.to(server.address());
        assertTrue(server.link().startsWith(origin + path + "#"), server.link());
        PlayPage page = new PlayPage(browser, TinyModels.SIDE);
        page.open(server.link());
        double white = page.p();
        page.drag(3, 3, 20, 5);
        double painted = page.p();
        assertNotEquals(white, painted);
        page.click("[name=map][value=gradient]"); // which is told by events
        page.until("document.querySelector('#map-text').textContent.startsWith('By tiny')");
        page.reload(server.link());
        assertEquals(painted, page.p());
        page.assertClean(server.url());
        browser.load("about:blank"); // its events end before the server does
      }
    }
  }

  private static PlayServer serve(Reach reach) throws Exception {
    StoredPlayModels models =
        new StoredPlayModels(
            new ModelStore(home.resolve("models")),
            List.of("tiny"),
            TorchClassifier.Settings.cpu(Precision.FLOAT32));
    PlayState first =
        new PlayState(
            GrayImage.filled(Canvas.square(TinyModels.SIDE), 1),
            Tones.standard(),
            ModelChoice.of("tiny"),
            Optional.empty());
    return PlayServer.start(models, first, Token.random(new SecureRandom()), 0, reach);
  }
}
