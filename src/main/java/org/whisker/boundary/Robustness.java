package org.whisker.boundary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.whisker.classifier.Classifier;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;
import org.whisker.image.Tones;
import org.whisker.random.SplitMix64;
import org.whisker.stats.BoundedInterval;
import org.whisker.stats.Interval;

/**
 * The effect of small changes of pictures on the logit.
 *
 * @param changes the first is {@link SmallChange.None}
 * @param scores by picture, change and draw
 */
public record Robustness(List<SmallChange> changes, List<List<List<Float>>> scores) {
  public Robustness {
    changes = List.copyOf(changes);
    scores = List.copyOf(scores);
  }

  /** Logits of not-cat of one picture under one change, one per draw. */
  public List<Float> logits(int picture, int change) {
    return scores.get(picture).get(change);
  }

  /** The number of pictures. */
  public int pictures() {
    return scores.size();
  }

  /** p(cat) of one picture under one change: the mean over the draws. */
  public double meanCatProbability(int picture, int change) {
    return logits(picture, change).stream()
        .mapToDouble(Classifier::catProbability)
        .average()
        .orElseThrow();
  }

  /** The mean p(cat) under one change, over pictures. */
  public double mean(int change) {
    return Arrays.stream(means(change)).average().orElseThrow();
  }

  /**
   * The interval of that mean, over pictures, within 0 to 1; empty for a single picture.
   *
   * @param random of the bootstrap
   */
  public Optional<Interval> meanInterval(int change, RandomGenerator random) {
    return pictures() < 2
        ? Optional.empty()
        : Optional.of(BoundedInterval.ofShares().mean(means(change), random));
  }

  private double[] means(int change) {
    return IntStream.range(0, pictures())
        .mapToDouble(picture -> meanCatProbability(picture, change))
        .toArray();
  }

  /** p(cat) of one picture under one draw of one change. */
  public double catProbability(int picture, int change, int draw) {
    return Classifier.catProbability(logits(picture, change).get(draw));
  }

  /**
   * The share of all draws of all pictures that stay on the same side of the boundary as the
   * unchanged picture.
   */
  public double sameSide(int change) {
    int same = 0;
    int all = 0;
    for (int picture = 0; picture < pictures(); picture++) {
      boolean cat = Grays.isCat(logits(picture, 0).get(0));
      for (float logit : logits(picture, change)) {
        same += Grays.isCat(logit) == cat ? 1 : 0;
        all++;
      }
    }
    return same / (double) all;
  }

  /**
   * One pixel in all eight directions, both flips, these blurs and qualities, one extra pixel.
   *
   * @param blurs standard deviations in pixels
   * @param qualities of JPEG, 1 to 100
   * @param draws of the extra pixel, at least 1
   */
  public static List<SmallChange> changes(List<Double> blurs, List<Integer> qualities, int draws) {
    List<SmallChange> changes = new ArrayList<>(List.of(new SmallChange.None()));
    for (int dy = -1; dy <= 1; dy++) {
      for (int dx = -1; dx <= 1; dx++) {
        if (dx != 0 || dy != 0) {
          changes.add(new SmallChange.Shift(dx, dy));
        }
      }
    }
    changes.addAll(List.of(new SmallChange.Flip(true), new SmallChange.Flip(false)));
    blurs.forEach(sigma -> changes.add(new SmallChange.Blur(sigma)));
    qualities.forEach(quality -> changes.add(new SmallChange.Jpeg(quality)));
    changes.add(new SmallChange.ExtraPixel(draws));
    return changes;
  }

  /**
   * Scores pictures under changes.
   *
   * @param tones the grays of the pictures
   * @param seed of all random draws; the draws of a picture do not depend on the other changes and
   *     pictures
   * @param batch pictures per call, at least 1
   * @param progress receives the number of finished pictures
   */
  public static Robustness of(
      Classifier classifier,
      List<? extends Raster> pictures,
      Tones tones,
      List<SmallChange> changes,
      long seed,
      int batch,
      IntConsumer progress) {
    if (changes.isEmpty() || !(changes.get(0) instanceof SmallChange.None)) {
      throw new IllegalArgumentException("the first change is none, were " + changes);
    }
    List<List<List<Float>>> scores = new ArrayList<>();
    for (int i = 0; i < pictures.size(); i++) {
      GrayImage picture = GrayImage.of(pictures.get(i));
      List<GrayImage> changed = new ArrayList<>();
      for (SmallChange change : changes) {
        SplitMix64 random = SplitMix64.stream(seed, "change " + change.label(), i);
        for (int draw = 0; draw < change.draws(); draw++) {
          changed.add(change.of(picture, tones, random));
        }
      }
      scores.add(split(changes, score(classifier, changed, batch)));
      progress.accept(i + 1);
    }
    return new Robustness(changes, scores);
  }

  private static float[] score(Classifier classifier, List<GrayImage> pictures, int batch) {
    float[] logits = new float[pictures.size()];
    for (int from = 0; from < logits.length; from += batch) {
      int to = Math.min(logits.length, from + batch);
      float[] some = classifier.logits(pictures.subList(from, to));
      for (int i = 0; i < some.length; i++) {
        logits[from + i] = Grays.finite(classifier, some[i]);
      }
    }
    return logits;
  }

  private static List<List<Float>> split(List<SmallChange> changes, float[] logits) {
    List<List<Float>> byChange = new ArrayList<>();
    int from = 0;
    for (SmallChange change : changes) {
      float[] own = Arrays.copyOfRange(logits, from, from + change.draws());
      List<Float> draws = new ArrayList<>();
      for (float logit : own) {
        draws.add(logit);
      }
      byChange.add(List.copyOf(draws));
      from += change.draws();
    }
    return byChange;
  }
}
