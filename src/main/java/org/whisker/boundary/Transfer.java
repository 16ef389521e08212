package org.whisker.boundary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.whisker.classifier.Classifier;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.image.Tones;
import org.whisker.stats.BoundedInterval;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.ShareInterval;
import org.whisker.table.Column;
import org.whisker.table.Table;
import org.whisker.value.Checks;
import org.whisker.value.OptionalNumber;

/**
 * The scores of one model for a set of images.
 *
 * @param source the images
 * @param target the model, with its padding
 * @param relation the relation of the model to the one that the images were evolved on
 * @param logits the logits of not-cat, one per image, at least one
 */
public record Transfer(String source, String target, Relation relation, List<Float> logits) {
  private static final double LEVEL = 0.95;

  public Transfer {
    logits = List.copyOf(logits);
    Checks.refuse(logits.isEmpty(), "%s has no image to score by %s", source, target);
  }

  public static Transfer of(
      Classifier classifier,
      String source,
      String target,
      Relation relation,
      List<? extends Raster> images) {
    float[] logits = classifier.logits(images);
    Float[] boxed = new Float[logits.length];
    for (int i = 0; i < logits.length; i++) {
      boxed[i] = Grays.finite(classifier, logits[i]);
    }
    return new Transfer(source, target, relation, List.of(boxed));
  }

  /**
   * The control: as many inked pixels as an image has, at uniformly random positions.
   *
   * @param tones the colours of the image
   */
  public static Raster scattered(Raster image, Tones tones, RandomGenerator random) {
    Canvas canvas = image.canvas();
    int[] inked = new int[tones.inked(PlanarImage.from(image)).count()];
    int[] places = PixelOrders.shuffled(canvas.pixels(), random);
    System.arraycopy(places, 0, inked, 0, inked.length);
    return tones.painted(BlackPixels.of(canvas, inked));
  }

  /** The mean p(target). */
  double meanCatProbability() {
    return Arrays.stream(catProbabilities()).average().orElseThrow();
  }

  /** The number of images that are cats for the model. */
  public int cats() {
    return (int) logits.stream().filter(Grays::isCat).count();
  }

  /** The share of images that are cats for the model. */
  public double share() {
    return cats() / (double) logits.size();
  }

  /** The interval of the mean p(target), over images; none for one image. */
  public Optional<Interval> meanInterval(RandomGenerator random) {
    return logits.size() < 2
        ? Optional.empty()
        : Optional.of(BoundedInterval.ofShares().mean(catProbabilities(), random));
  }

  /**
   * The interval of the share (Wilson's), also where all images agree; empty for a single image.
   */
  public Optional<Interval> shareInterval() {
    return logits.size() < 2
        ? Optional.empty()
        : Optional.of(ShareInterval.of(cats(), logits.size(), LEVEL));
  }

  /** p(target) of image {@code i}. */
  double catProbability(int i) {
    return Classifier.catProbability(logits.get(i));
  }

  private double[] catProbabilities() {
    return logits.stream().mapToDouble(Classifier::catProbability).toArray();
  }

  /** A row of {@code transfer-images.csv}: the score of an image by a model. */
  public record OfImage(
      @Column(meaning = "the set of images") String source,
      @Column(meaning = "the model") String target,
      @Column(meaning = "mode of its convolutions") String padding,
      @Column(meaning = "its file") String image,
      @Column(unit = "logit", meaning = "logit against the target") float logit,
      @Column(unit = "probability") double pTarget) {
    public static final String FILE = "transfer-images.csv";

    public static final Table<OfImage> TABLE = Table.of(OfImage.class, FILE);

    /**
     * The rows of a set and a model.
     *
     * @param images the files of the set
     */
    public static List<OfImage> of(
        Transfer scored, String model, String padding, List<String> images) {
      return IntStream.range(0, images.size())
          .mapToObj(
              i ->
                  new OfImage(
                      scored.source(),
                      model,
                      padding,
                      images.get(i),
                      scored.logits().get(i),
                      scored.catProbability(i)))
          .toList();
    }
  }

  /**
   * A row of {@code transfer.csv}: the scores of a set of images by a model. Intervals are 95 %
   * confidence intervals over images, empty for a single image.
   */
  public record Summary(
      @Column(meaning = "the set of images") String source,
      @Column(meaning = "the model") String target,
      @Column(meaning = "mode of its convolutions") String padding,
      @Column(meaning = "relation of the model to the one that the images were evolved on")
          String relation,
      int images,
      @Column(unit = "probability") double meanPTarget,
      @Column(unit = "probability") OptionalDouble meanLow,
      @Column(unit = "probability") OptionalDouble meanHigh,
      @Column(value = "targets", meaning = "number of images with p(target) of ½ or more") int cats,
      @Column(unit = "share") double shareTargets,
      @Column(
              unit = "share",
              meaning =
                  "lower end of the interval of the share of the target; also empty when all "
                      + "images agree")
          OptionalDouble shareLow,
      @Column(unit = "share") OptionalDouble shareHigh) {
    public static final String FILE = "transfer.csv";

    public static final Table<Summary> TABLE = Table.of(Summary.class, FILE);

    /**
     * The row of a set and a model.
     *
     * @param mean confidence interval of the mean p(target)
     * @param share confidence interval of the share of cats
     */
    public static Summary of(
        Transfer scored,
        String model,
        String padding,
        Optional<Interval> mean,
        Optional<Interval> share) {
      return new Summary(
          scored.source(),
          model,
          padding,
          scored.relation().label(),
          scored.logits().size(),
          scored.meanCatProbability(),
          OptionalNumber.of(mean, Interval::low),
          OptionalNumber.of(mean, Interval::high),
          scored.cats(),
          scored.share(),
          OptionalNumber.of(share, Interval::low),
          OptionalNumber.of(share, Interval::high));
    }

    /**
     * The rows of each set of images. Sets may share a name: each set begins with the same model.
     */
    public static List<List<Summary>> sources(List<Summary> rows) {
      List<List<Summary>> sources = new ArrayList<>();
      for (Summary row : rows) {
        Summary first = rows.get(0);
        if (row.target.equals(first.target) && row.padding.equals(first.padding)) {
          sources.add(new ArrayList<>());
        }
        sources.get(sources.size() - 1).add(row);
      }
      return sources;
    }

    /** Whether the images were evolved on this very model, with its own padding. */
    public boolean isOwn() {
      return relation.equals(Relation.OWN.label());
    }
  }

  /** The relation of a model that scores images to the one on which they were evolved. */
  public enum Relation {
    OWN("own model"),
    /** The same weights with another padding. */
    PADDING("same weights, other padding"),
    FAMILY("same architecture, other weights"),
    /** Another architecture, or an unknown one. */
    OTHER("other architecture"),
    /** The images were not evolved, or are a control. */
    NONE("none");

    private final String label;

    Relation(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }
}
