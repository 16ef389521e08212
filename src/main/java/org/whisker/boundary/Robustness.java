package org.whisker.boundary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.whisker.classifier.Classifier;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.image.Tones;
import org.whisker.random.SplitMix64;
import org.whisker.stats.BoundedInterval;
import org.whisker.stats.Estimate.Interval;
import org.whisker.table.Column;
import org.whisker.table.Table;
import org.whisker.value.Checks;
import org.whisker.value.OptionalNumber;

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
  List<Float> logits(int picture, int change) {
    return scores.get(picture).get(change);
  }

  int pictures() {
    return scores.size();
  }

  /** p(cat) of one picture under one change: the mean over the draws. */
  double meanCatProbability(int picture, int change) {
    return logits(picture, change).stream()
        .mapToDouble(Classifier::catProbability)
        .average()
        .orElseThrow();
  }

  /** The mean p(cat) under one change, over pictures. */
  double mean(int change) {
    return Arrays.stream(means(change)).average().orElseThrow();
  }

  /**
   * The interval of that mean, over pictures, within 0 to 1; empty for a single picture.
   *
   * @param random the random numbers of the bootstrap
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
  double catProbability(int picture, int change, int draw) {
    return Classifier.catProbability(logits(picture, change).get(draw));
  }

  /**
   * The share of all draws of all pictures that stay on the same side of the boundary as the
   * unchanged picture.
   */
  double sameSide(int change) {
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
   * @param qualities the qualities of JPEG, 1 to 100
   * @param draws the number of draws of the extra pixel, at least 1
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
   * @param seed the seed of all random draws; the draws of a picture do not depend on the other
   *     changes and pictures
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
      PlanarImage picture = PlanarImage.from(pictures.get(i));
      List<PlanarImage> changed = new ArrayList<>();
      for (SmallChange change : changes) {
        SplitMix64 random = SplitMix64.stream(seed, "change " + change.label(), i);
        for (int draw = 0; draw < change.draws(); draw++) {
          changed.add(change.ofAny(picture, tones, random));
        }
      }
      scores.add(split(changes, score(classifier, changed, batch)));
      progress.accept(i + 1);
    }
    return new Robustness(changes, scores);
  }

  private static float[] score(Classifier classifier, List<PlanarImage> pictures, int batch) {
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

  /**
   * The rows of one group of images in both tables of a robustness folder. Groups may share a name:
   * each begins with the same change.
   *
   * @param changes its rows of the summary table
   * @param rows its rows of the main table, ordered by image, change and draw
   */
  public record Group(List<Summary> changes, List<Scored> rows) {
    public Group {
      changes = List.copyOf(changes);
      rows = List.copyOf(rows);
    }

    /**
     * Splits both tables.
     *
     * @throws IllegalArgumentException when the number of rows differs from what the summary
     *     implies
     */
    public static List<Group> of(List<Summary> summary, List<Scored> rows) {
      List<List<Summary>> parts = new ArrayList<>();
      for (Summary row : summary) {
        if (row.change().equals(summary.get(0).change())) {
          parts.add(new ArrayList<>());
        }
        parts.get(parts.size() - 1).add(row);
      }
      List<Group> groups = new ArrayList<>();
      int from = 0;
      for (List<Summary> changes : parts) {
        int to = from + changes.get(0).images() * draws(changes);
        Checks.refuse(
            to > rows.size(), "%s has fewer rows than %s counts", Scored.FILE, Summary.FILE);
        groups.add(new Group(changes, rows.subList(from, to)));
        from = to;
      }
      return groups;
    }

    private static int draws(List<Summary> changes) {
      return changes.stream().mapToInt(Summary::draws).sum();
    }

    public String name() {
      return changes.get(0).group();
    }

    /**
     * p(cat) per image and draw.
     *
     * @param change its index in the summary
     */
    public List<List<Double>> catProbabilities(int change) {
      int each = draws(changes);
      int first = draws(changes.subList(0, change));
      List<List<Double>> images = new ArrayList<>();
      for (int at = first; at < rows.size(); at += each) {
        List<Scored> drawn = rows.subList(at, at + changes.get(change).draws());
        images.add(drawn.stream().map(Scored::pCat).toList());
      }
      return images;
    }
  }

  /** A row of {@code robustness.csv}: one image under one draw of one small perturbation. */
  public record Scored(
      @Column(meaning = "the set of images that it belongs to") String group,
      @Column(meaning = "its file") String image,
      @Column(meaning = "description of the perturbation") String change,
      @Column(meaning = "number of the draw, from 1; empty for deterministic changes")
          OptionalInt draw,
      @Column(unit = "logit", meaning = "logit of not-cat") float logit,
      @Column(unit = "probability") double pCat,
      @Column(
              unit = "logit",
              meaning = "the logit minus that of the unchanged image; below 0 is towards cat")
          double deltaLogit) {
    public static final String FILE = "robustness.csv";

    public static final Table<Scored> TABLE = Table.of(Scored.class, FILE);

    /**
     * The rows of a group.
     *
     * @param images their files, in the order of {@code scored}
     */
    public static List<Scored> of(String group, List<String> images, Robustness scored) {
      List<Scored> rows = new ArrayList<>();
      for (int image = 0; image < images.size(); image++) {
        float unchanged = scored.logits(image, 0).get(0);
        for (int c = 0; c < scored.changes().size(); c++) {
          SmallChange change = scored.changes().get(c);
          List<Float> logits = scored.logits(image, c);
          for (int draw = 0; draw < logits.size(); draw++) {
            float logit = logits.get(draw);
            rows.add(
                new Scored(
                    group,
                    images.get(image),
                    change.label(),
                    change instanceof SmallChange.ExtraPixel
                        ? OptionalInt.of(draw + 1)
                        : OptionalInt.empty(),
                    logit,
                    scored.catProbability(image, c, draw),
                    (double) logit - unchanged));
          }
        }
      }
      return rows;
    }
  }

  /**
   * A row of {@code summary.csv}: the images of a group under one small perturbation. Each image
   * enters with its mean over the draws.
   */
  public record Summary(
      String group,
      @Column(meaning = "description of the perturbation") String change,
      int images,
      @Column(meaning = "number of draws per image") int draws,
      @Column(unit = "probability", meaning = "mean p(cat) over images") double meanPCat,
      @Column(
              unit = "probability",
              meaning =
                  "lower end of the 95 % confidence interval of the mean, over images; "
                      + "empty for a single image")
          OptionalDouble low,
      @Column(unit = "probability", meaning = "upper end of the interval") OptionalDouble high,
      @Column(
              unit = "share",
              meaning =
                  "share of draws, 0 to 1, that stay on the same side of the boundary "
                      + "as the unchanged image")
          double sameSide) {
    public static final String FILE = "summary.csv";

    public static final Table<Summary> TABLE = Table.of(Summary.class, FILE);

    /**
     * The row of a group and a change.
     *
     * @param change its index
     * @param interval the interval of the mean; empty for a single image
     */
    public static Summary of(
        String group, Robustness scored, int change, Optional<Interval> interval) {
      return new Summary(
          group,
          scored.changes().get(change).label(),
          scored.pictures(),
          scored.changes().get(change).draws(),
          scored.mean(change),
          OptionalNumber.of(interval, Interval::low),
          OptionalNumber.of(interval, Interval::high),
          scored.sameSide(change));
    }
  }
}
