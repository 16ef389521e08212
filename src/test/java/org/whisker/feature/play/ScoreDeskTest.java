package org.whisker.feature.play;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.whisker.classifier.Classifier;
import org.whisker.feature.play.LatestOnly.OutdatedException;
import org.whisker.feature.play.PlayModels.ModelChoice;
import org.whisker.feature.play.ScoreDesk.Scores;
import org.whisker.feature.play.StateCode.PlayState;
import org.whisker.image.GrayImage;
import org.whisker.image.Tones;
import org.whisker.job.InvalidRequestException;
import org.whisker.network.Window.Padding;

class ScoreDeskTest {
  private final SumModels models = new SumModels();

  @Test
  void saysWhatTheModelSaysAndWhereThePixelsLie() {
    try (ScoreDesk desk = new ScoreDesk(models, System::nanoTime)) {
      Scores scores = desk.submit(Pictures.state(0, 1, 2, 3, 4, 5, 6)).join();
      double logit = SumModels.logit(Pictures.black(0, 1, 2, 3, 4, 5, 6));
      assertEquals(logit, scores.first().logit(), 1e-6);
      assertEquals(Classifier.catProbability(logit), scores.first().pTarget(), 1e-6);
      assertEquals(logit, scores.first().delta(), 1e-6, "white has a logit of 0");
      assertEquals(7, scores.placed().pixels());
      assertTrue(
          scores.placed().edgeIndex().orElseThrow() < scores.placed().chance().orElseThrow().low());
      assertEquals(Optional.empty(), scores.beside());
    }
    assertEquals(0, models.open());
  }

  @Test
  void aSecondModelScoresTheSameImage() {
    try (ScoreDesk desk = new ScoreDesk(models, System::nanoTime)) {
      PlayState one = Pictures.state(3, 9);
      PlayState both =
          new PlayState(
              one.picture(),
              one.tones(),
              new ModelChoice(SumModels.FIRST, Optional.of(Padding.REFLECT)),
              Optional.of(ModelChoice.of(SumModels.SECOND)));
      Scores scores = desk.submit(both).join();
      assertEquals(-scores.first().logit(), scores.beside().orElseThrow().logit(), 1e-6);
      assertEquals("sum with reflect padding", scores.first().model());
    }
  }

  @Test
  void theChangeIsFromTheEmptyCanvasInItsOwnGray() {
    try (ScoreDesk desk = new ScoreDesk(models, System::nanoTime)) {
      GrayImage black = GrayImage.filled(SumModels.CANVAS, 0);
      PlayState request =
          new PlayState(black, new Tones(0, 1), ModelChoice.of(SumModels.FIRST), Optional.empty());
      Scores scores = desk.submit(request).join();
      assertEquals(0, scores.first().delta(), 1e-6);
      assertEquals(0, scores.placed().pixels());
      assertTrue(scores.placed().edgeIndex().isEmpty());
    }
  }

  @Test
  void whatIsOutdatedIsDroppedAndNothingQueuesUp() throws Exception {
    try (ScoreDesk desk = new ScoreDesk(models, System::nanoTime);
        SumModels.Gate gate = models.hold()) {
      CompletableFuture<Scores> running = desk.submit(Pictures.state(1));
      while (models.scored() == 0) {
        Thread.sleep(10);
      }
      List<CompletableFuture<Scores>> waiting = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        waiting.add(desk.submit(Pictures.state(i % 100)));
      }
      for (CompletableFuture<Scores> old : waiting.subList(0, 999)) {
        CompletionException why = assertThrows(CompletionException.class, old::join);
        assertInstanceOf(OutdatedException.class, why.getCause());
      }
      assertFalse(running.isDone());
      gate.open();
      assertEquals(
          SumModels.logit(Pictures.black(999 % 100)),
          waiting.get(999).join().first().logit(),
          1e-6);
      assertEquals(1, running.join().placed().pixels());
      assertEquals(3, models.scored(), "the empty canvas, the first and the last");
    }
  }

  @Test
  void aModelThatIsNotOfferedIsRefusedAndTheNextScoreWorks() {
    try (ScoreDesk desk = new ScoreDesk(models, System::nanoTime)) {
      PlayState good = Pictures.state(1);
      PlayState bad =
          new PlayState(
              good.picture(), good.tones(), ModelChoice.of("../../etc"), Optional.empty());
      Throwable why =
          assertThrows(CompletionException.class, () -> desk.submit(bad).join()).getCause();
      assertInstanceOf(InvalidRequestException.class, why);
      assertEquals(1, desk.submit(good).join().placed().pixels());
    }
  }

  @Test
  void aClosedDeskAnswersNothing() {
    ScoreDesk desk = new ScoreDesk(models, System::nanoTime);
    desk.close();
    assertThrows(CancellationException.class, () -> desk.submit(Pictures.state(1)).join());
  }
}
