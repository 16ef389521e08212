package org.whisker.saliency.method;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.PatchCheck;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Patch;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.OcclusionWindow;
import org.whisker.saliency.SaliencyMap;

/** The distinct windows to be scored, and the assignment of their scores to all windows. */
final class OcclusionPlan {
  private static final int UNCHANGED = -1;

  private final GrayImage base;
  private final GrayImage fill;
  private final List<OcclusionWindow> windows;
  private final List<OcclusionWindow> toScore = new ArrayList<>();
  private final List<OcclusionWindow> notScored = new ArrayList<>();
  private final List<Integer> scoreOfNotScored = new ArrayList<>();
  private final int[] scoreOf;
  private int unchanged;

  OcclusionPlan(List<OcclusionWindow> windows, GrayImage base, GrayImage fill) {
    this.base = base;
    this.fill = fill;
    this.windows = windows;
    this.scoreOf = new int[windows.size()];
    Map<OcclusionWindow.Change, Integer> seen = new HashMap<>();
    for (int w = 0; w < scoreOf.length; w++) {
      OcclusionWindow window = windows.get(w);
      OcclusionWindow.Change change = window.change(base, fill);
      scoreOf[w] = change.isNone() ? UNCHANGED : seen.getOrDefault(change, toScore.size());
      unchanged += change.isNone() ? 1 : 0;
      if (scoreOf[w] == toScore.size()) {
        seen.put(change, toScore.size());
        toScore.add(window);
      } else {
        notScored.add(window);
        scoreOfNotScored.add(scoreOf[w]);
      }
    }
  }

  int windows() {
    return windows.size();
  }

  int toScore() {
    return toScore.size();
  }

  /** The patch of window {@code i} of those to be scored. */
  Patch patch(int i) {
    return toScore.get(i).patch(base, fill);
  }

  /** Verifies a sample of the windows by full passes, including windows that were not scored. */
  Optional<PatchCheck> check(
      Classifier classifier, float baseLogit, float[] logits, Occlusion.Verification drawn) {
    if (drawn.sample() == 0) {
      return Optional.empty();
    }
    float[] known = new float[notScored.size()];
    for (int i = 0; i < known.length; i++) {
      int score = scoreOfNotScored.get(i);
      known[i] = score == UNCHANGED ? baseLogit : logits[score];
    }
    PatchCheck scored = check(classifier, toScore, logits, drawn, "scored windows");
    PatchCheck skipped = check(classifier, notScored, known, drawn, "skipped windows");
    return Optional.of(
        new PatchCheck(
            scored.compared() + skipped.compared(),
            Math.max(scored.largestDifference(), skipped.largestDifference())));
  }

  private PatchCheck check(
      Classifier classifier,
      List<OcclusionWindow> some,
      float[] logits,
      Occlusion.Verification drawn,
      String stream) {
    // patches are created lazily: all at once may not fit in memory
    List<Patch> patches =
        new AbstractList<>() {
          @Override
          public Patch get(int i) {
            return some.get(i).patch(base, fill);
          }

          @Override
          public int size() {
            return some.size();
          }
        };
    SplitMix64 random = SplitMix64.stream(drawn.seed(), stream, 0);
    return PatchCheck.of(classifier, base, patches, logits, drawn.sample(), random);
  }

  Occlusion result(float baseLogit, float[] logits, Optional<PatchCheck> check) {
    Canvas canvas = base.canvas();
    double[] sums = new double[canvas.pixels()];
    int[] counts = new int[canvas.pixels()];
    for (int w = 0; w < scoreOf.length; w++) {
      double delta = scoreOf[w] == UNCHANGED ? 0 : (double) baseLogit - logits[scoreOf[w]];
      windows
          .get(w)
          .forEach(
              i -> {
                sums[i] += delta;
                counts[i]++;
              });
    }
    Arrays.setAll(sums, i -> sums[i] / counts[i]);
    SaliencyMap map = OcclusionMethod.METHOD.map(canvas, sums);
    int duplicates = scoreOf.length - unchanged - logits.length;
    return new Occlusion(
        map, new Coverage(canvas, counts), baseLogit, logits.length, unchanged, duplicates, check);
  }
}
