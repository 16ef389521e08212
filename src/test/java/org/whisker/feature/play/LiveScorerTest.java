package org.whisker.feature.play;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.classifier.ModelStore;
import org.whisker.cli.TinyModels;
import org.whisker.feature.play.ScoreDesk.LiveScorer;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Patch;
import org.whisker.image.PlanarImage;
import org.whisker.torch.Classifiers;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;

class LiveScorerTest {
  @TempDir Path home;

  private static GrayImage with(GrayImage picture, int index, float gray) {
    float[] values = picture.values();
    values[index] = gray;
    return new GrayImage(picture.canvas(), values);
  }

  @Test
  void whatChangedAloneGivesTheScoreOfTheWhole() throws Exception {
    TinyModels.save(home, "tiny");
    try (TorchClassifier whole = open();
        LiveScorer live = new LiveScorer(open(), true)) {
      GrayImage picture = TinyModels.picture(TinyModels.SIDE, TinyModels.SIDE, 0.6, 3);
      assertFalse(live.score(picture).incremental());
      live.keep();
      for (int i = 0; i < 20; i++) {
        picture = with(picture, 37 * 5 + i % 6 + TinyModels.SIDE * (i % 5), i % 2);
        LiveScorer.Scored scored = live.score(picture);
        assertTrue(scored.incremental(), "change " + i);
        assertEquals(whole.logits(List.of(picture))[0], scored.logit(), 1e-4);
      }
      GrayImage other = TinyModels.picture(TinyModels.SIDE, TinyModels.SIDE, 0.4, 9);
      LiveScorer.Scored scored = live.score(other);
      assertFalse(scored.incremental(), "everything has changed");
      assertEquals(whole.logits(List.of(other))[0], scored.logit(), 1e-4);
      live.keep();
      assertTrue(live.score(other).incremental(), "nothing has changed");
      assertEquals(scored.logit(), live.score(other).logit(), 1e-4);
    }
  }

  @Test
  void aChangeOfOnePlaneIsAChange() {
    PlanarImage white = GrayImage.filled(new Canvas(40, 30), 1).in(3);
    float[] values = white.values();
    values[2 * 1200 + white.canvas().index(7, 3)] = 0;
    PlanarImage yellow = white.with(values);
    Patch patch = LiveScorer.change(white, yellow).orElseThrow();
    assertEquals(new Canvas(1, 1), patch.content().canvas());
    assertEquals(yellow, PlanarImage.from(patch.on(white)));
    assertEquals(Optional.empty(), LiveScorer.change(GrayImage.of(white), yellow));
  }

  @Test
  void aSmallNetworkKeepsNothing() throws Exception {
    TinyModels.save(home, "tiny");
    try (LiveScorer live = new LiveScorer(open())) {
      GrayImage picture = TinyModels.picture(TinyModels.SIDE, TinyModels.SIDE, 0.6, 3);
      live.score(picture);
      live.keep();
      assertFalse(live.score(with(picture, 5, 0)).incremental());
    }
  }

  private TorchClassifier open() throws Exception {
    return Classifiers.open(
        new ModelStore(home.resolve("models")).open("tiny"),
        TorchClassifier.Settings.cpu(Precision.FLOAT32));
  }

  @Test
  void aChangeIsTheSmallestRectangle() {
    Canvas canvas = new Canvas(40, 30);
    GrayImage white = GrayImage.filled(canvas, 1);
    GrayImage two = with(with(white, canvas.index(7, 3), 0), canvas.index(4, 9), 0.5f);
    Patch patch = LiveScorer.change(white, two).orElseThrow();
    assertEquals(4, patch.x());
    assertEquals(3, patch.y());
    assertEquals(new Canvas(4, 7), patch.content().canvas());
    assertEquals(two, GrayImage.of(patch.on(white)));
    assertEquals(Optional.empty(), LiveScorer.change(white, white));
    GrayImage far = with(with(white, 0, 0), canvas.pixels() - 1, 0);
    assertEquals(Optional.empty(), LiveScorer.change(white, far), "all of the canvas lies between");
  }
}
