package org.whisker.boundary;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.whisker.boundary.GreedyStep.FlipLogits;
import org.whisker.classifier.Classifier;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;
import org.whisker.image.Threshold;
import org.whisker.image.Tones;
import org.whisker.stats.ToroidalShift;
import org.whisker.table.Column;
import org.whisker.table.Table;
import org.whisker.value.Checks;
import org.whisker.value.OptionalNumber;

/**
 * The smallest set of flips found after which a two-tone cat is no longer classified as one.
 *
 * @param cat the picture
 * @param greedyFlips flips made one by one until it crossed, or until the search gave up
 * @param evaluations number of pictures scored, including the proof's
 * @param found the flips, and the logits with each of them undone; empty if the search gave up
 * @param alone the logit against the target with each flip made alone, in the flips' order
 */
public record Counterfactual(
    Binarised cat, int greedyFlips, long evaluations, Optional<Removals> found, List<Float> alone) {
  public Counterfactual {
    alone = List.copyOf(alone);
    int flips = found.map(proof -> proof.pixels().count()).orElse(0);
    Checks.refuse(alone.size() != flips, "%s logits for %s flips", alone.size(), flips);
  }

  /** The flipped pixels; none when the search gave up. */
  BlackPixels flips() {
    return found.map(Removals::pixels).orElse(BlackPixels.none(cat.image().canvas()));
  }

  /** The picture after the flips. */
  public BlackPixels after() {
    return FlipLogits.flipped(cat.image(), flips());
  }

  /** The effect of a single flip: the logit against the target after it minus before. */
  float deltaAlone(int i) {
    return alone.get(i) - cat.logit();
  }

  /**
   * A row of {@code counterfactual.csv}: the search for flips after which an image is no longer
   * classified as cat. Columns that describe the flips are empty when none were found. Logits are
   * of not-cat.
   */
  public record OfImage(
      @Column(meaning = "the set of images that it belongs to") String group,
      @Column(meaning = "its file") String image,
      Status status,
      @Column(
              unit = "gray",
              meaning =
                  "threshold of the binarisation, in gray; empty when the image already "
                      + "had two tones")
          OptionalDouble threshold,
      @Column(unit = "probability", meaning = "p(target) of the image before the binarisation")
          double pTargetOriginal,
      @Column(unit = "logit", meaning = "logit of the binarised image") float logit,
      @Column(unit = "probability") double pTarget,
      @Column(
              unit = "px",
              meaning =
                  "number of flips made greedily until the boundary was crossed or the "
                      + "search gave up; empty for images not classified as the target")
          OptionalInt greedyFlips,
      @Column(unit = "px") OptionalInt flips,
      @Column(unit = "logit") @Nullable Float logitAfter,
      @Column(unit = "probability") OptionalDouble pTargetAfter,
      @Column(meaning = "mean edge rank of the flipped pixels, 0 (border) to 1 (centre)")
          OptionalDouble edgeIndexFlips,
      @Column(meaning = "mean edge rank of the inked pixels; empty when there are none")
          OptionalDouble edgeIndexInk,
      @Column(meaning = "number of images scored") OptionalLong evaluations,
      @Column(meaning = "whether no single flip can be omitted, verified by full forward passes")
          Removals.OneMinimal oneMinimal,
      @Column(unit = "probability", meaning = "minimum of p(target) when any single flip is undone")
          OptionalDouble leastPTargetWithOneUndone,
      @Column(meaning = "folder of its images and flips, relative to that of the table")
          String files) {
    public static final String FILE = "counterfactual.csv";

    public static final Table<OfImage> TABLE = Table.of(OfImage.class, FILE);

    public enum Status {
      /** Flips were found. */
      CROSSED,
      /** The search gave up. */
      NOT_REACHED,
      /** The image is not classified as cat. */
      NO_CAT,
      /** The photo is classified as cat, but its binarised version is not. */
      NO_CAT_BINARISED;

      public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
      }

      private static Status of(Binarised image, boolean crossed) {
        if (!image.isCat()) {
          return image.wasCat() ? NO_CAT_BINARISED : NO_CAT;
        }
        return crossed ? CROSSED : NOT_REACHED;
      }
    }

    /**
     * The row of an image.
     *
     * @param found empty for images not classified as cat
     */
    public static OfImage of(
        String group, String file, String files, Binarised image, Optional<Counterfactual> found) {
      Optional<Removals> flips = found.flatMap(Counterfactual::found);
      return new OfImage(
          group,
          file,
          Status.of(image, flips.isPresent()),
          OptionalNumber.of(image.threshold(), threshold -> threshold.gray()),
          image.originalCatProbability(),
          image.logit(),
          image.catProbability(),
          found.isPresent() ? OptionalInt.of(found.get().greedyFlips()) : OptionalInt.empty(),
          flips.isPresent() ? OptionalInt.of(flips.get().pixels().count()) : OptionalInt.empty(),
          flips.isPresent() ? flips.get().logit() : null,
          OptionalNumber.of(flips, set -> 1 - set.wanted().probability(set.logit())),
          flips.isPresent() ? edgeIndex(flips.get().pixels()) : OptionalDouble.empty(),
          edgeIndex(image.image()),
          found.isPresent() ? OptionalLong.of(found.get().evaluations()) : OptionalLong.empty(),
          flips.map(Removals.OneMinimal::of).orElse(Removals.OneMinimal.UNTESTED),
          OptionalNumber.of(flips, set -> 1 - set.largest().orElseThrow()),
          flips.isPresent() ? files : "");
    }

    private static OptionalDouble edgeIndex(BlackPixels pixels) {
      return new EdgeRank(pixels.canvas()).edgeIndex(pixels);
    }

    /** Whether the binarised image is classified as cat. */
    public boolean isCat() {
      return status == Status.CROSSED || status == Status.NOT_REACHED;
    }

    /** Whether flips were found. */
    public boolean isCrossed() {
      return status == Status.CROSSED;
    }
  }

  /** A row of {@code images/N/flips.csv}: one flipped pixel of a counterfactual. */
  public record Flip(
      @Column(unit = "px") int x,
      @Column(unit = "px") int y,
      @Column(
              unit = "gray",
              meaning = "its gray before, 0 (black) to 1 (white); of a colour its luma")
          float from,
      @Column(unit = "gray", meaning = "its gray after") float to,
      @Column(
              unit = "logit",
              meaning =
                  "logit with the flip minus logit without it, given all other flips; "
                      + "above 0 it is away from the target")
          float deltaLogit,
      @Column(unit = "logit", meaning = "logit after this flip alone minus logit of the original")
          float deltaLogitAlone) {
    public static final String FILE = "flips.csv";

    public static final Table<Flip> TABLE = Table.of(Flip.class, FILE);

    /** The rows of all flips that were found. */
    public static List<Flip> of(Counterfactual counterfactual, Removals flips) {
      return IntStream.range(0, flips.pixels().count())
          .mapToObj(i -> of(counterfactual, flips, i))
          .toList();
    }

    private static Flip of(Counterfactual counterfactual, Removals flips, int i) {
      Binarised cat = counterfactual.cat();
      Canvas canvas = cat.image().canvas();
      int pixel = flips.pixels().get(i);
      boolean ink = cat.image().contains(pixel);
      return new Flip(
          canvas.x(pixel),
          canvas.y(pixel),
          (ink ? cat.tones().ink() : cat.tones().background()).gray(),
          (ink ? cat.tones().background() : cat.tones().ink()).gray(),
          flips.delta(i),
          counterfactual.deltaAlone(i));
    }

    public static BlackPixels pixels(Canvas canvas, List<Flip> flips) {
      return BlackPixels.of(
          canvas, flips.stream().mapToInt(flip -> canvas.index(flip.x, flip.y)).toArray());
    }
  }

  /** A row of {@code summary.csv}: the counterfactuals of one group of images. */
  public record Summary(
      @Column(meaning = "the group") String images,
      @Column(meaning = "number of images") int count,
      @Column(
              value = "targets",
              meaning = "number of them classified as the target after binarisation")
          int cats,
      @Column(meaning = "number of those for which a set of flips was found") int crossed,
      @Column(
              unit = "px",
              meaning =
                  "median over those, counting those without flips as infinite; "
                      + "empty when it is infinite or there are none")
          OptionalDouble medianFlips,
      @Column(meaning = "test of the flips' position; null when there are no flips")
          @Nullable Position position,
      @Column(meaning = "mean edge index of the inked pixels of the images that crossed")
          OptionalDouble edgeIndexInk) {
    public static final String FILE = "summary.csv";

    public static final Table<Summary> TABLE = Table.of(Summary.class, FILE);

    /**
     * The mean edge index of the flips against toroidal shifts of the same flips, a null hypothesis
     * that favours no position.
     */
    public record Position(
        @Column(meaning = "mean over images") double edgeIndexFlips,
        @Column(meaning = "its mean over the shifts") double nullMean,
        @Column(meaning = "its standard deviation over the shifts") double nullSd,
        @Column(unit = "probability", meaning = "two-sided p-value") double p,
        int shifts) {
      private static Position of(ToroidalShift test) {
        return new Position(
            test.observed(), test.nullMean(), test.nullSd(), test.p(), test.shifts());
      }
    }

    /**
     * The row of a group.
     *
     * @param rows the rows of its images
     * @param test result for the flips' edge index; empty when there are no flips
     */
    public static Summary of(
        String group, List<Counterfactual.OfImage> rows, Optional<ToroidalShift> test) {
      List<Counterfactual.OfImage> crossed =
          rows.stream().filter(Counterfactual.OfImage::isCrossed).toList();
      return new Summary(
          group,
          rows.size(),
          (int) rows.stream().filter(Counterfactual.OfImage::isCat).count(),
          crossed.size(),
          medianFlips(rows),
          test.map(Position::of).orElse(null),
          crossed.stream().flatMapToDouble(row -> row.edgeIndexInk().stream()).average());
    }

    private static OptionalDouble medianFlips(List<Counterfactual.OfImage> rows) {
      double[] flips =
          rows.stream()
              .filter(Counterfactual.OfImage::isCat)
              .mapToDouble(r -> r.flips().isPresent() ? r.flips().getAsInt() : Double.MAX_VALUE)
              .toArray();
      Arrays.sort(flips);
      if (flips.length == 0 || flips[flips.length / 2] == Double.MAX_VALUE) {
        return OptionalDouble.empty();
      }
      return OptionalDouble.of((flips[(flips.length - 1) / 2] + flips[flips.length / 2]) / 2);
    }
  }

  /**
   * A two-tone picture, and the picture that it was binarised from.
   *
   * @param image the inked pixels
   * @param tones the grays of the picture
   * @param threshold the threshold of the binarisation; empty if the picture already had two tones
   * @param originalLogit the logit against the target of the original picture; the same as {@code
   *     logit} if that had two tones
   * @param logit the logit against the target
   */
  public record Binarised(
      BlackPixels image,
      Tones tones,
      Optional<Threshold> threshold,
      float originalLogit,
      float logit) {

    /**
     * The picture unchanged if it has only these tones, otherwise binarised to black and white.
     *
     * @param threshold between black and white; empty for Otsu's
     */
    public static Binarised of(
        Classifier classifier, Raster picture, Tones tones, Optional<Threshold> threshold) {
      Optional<BlackPixels> genome = tones.genome(picture);
      if (genome.isPresent()) {
        float logit = Grays.finite(classifier, classifier.logits(List.of(picture))[0]);
        return new Binarised(genome.get(), tones, Optional.empty(), logit, logit);
      }
      GrayImage gray = GrayImage.of(picture);
      Threshold parting = threshold.orElseGet(() -> Threshold.otsu(gray));
      BlackPixels black = parting.black(gray);
      float[] logits = classifier.logits(List.of(picture, black));
      return new Binarised(
          black,
          Tones.standard(),
          Optional.of(parting),
          Grays.finite(classifier, logits[0]),
          Grays.finite(classifier, logits[1]));
    }

    /** Whether the two-tone picture is a cat: p(target) is ½ or more. */
    public boolean isCat() {
      return Grays.isCat(logit);
    }

    /** Whether the original picture is a cat. */
    boolean wasCat() {
      return Grays.isCat(originalLogit);
    }

    double catProbability() {
      return Classifier.catProbability(logit);
    }

    double originalCatProbability() {
      return Classifier.catProbability(originalLogit);
    }
  }
}
