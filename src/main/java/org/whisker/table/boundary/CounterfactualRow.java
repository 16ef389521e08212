package org.whisker.table.boundary;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.whisker.boundary.Binarised;
import org.whisker.boundary.Counterfactual;
import org.whisker.boundary.Removals;
import org.whisker.image.BlackPixels;
import org.whisker.image.EdgeRank;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@code counterfactual.csv}: the search for flips after which an image is no longer
 * classified as cat. Columns that describe the flips are empty when none were found. Logits are of
 * not-cat.
 */
public record CounterfactualRow(
    @Column(meaning = "the set of images that it belongs to") String group,
    @Column(meaning = "its file") String image,
    Status status,
    @Column(
            unit = "gray",
            meaning =
                "threshold of the binarisation, in gray; empty when the image already "
                    + "had two tones")
        OptionalDouble threshold,
    @Column(unit = "probability", meaning = "p(cat) of the image before the binarisation")
        double pCatOriginal,
    @Column(unit = "logit", meaning = "logit of the binarised image") float logit,
    @Column(unit = "probability") double pCat,
    @Column(
            unit = "px",
            meaning =
                "number of flips made greedily until the boundary was crossed or the "
                    + "search gave up; empty for images not classified as cat")
        OptionalInt greedyFlips,
    @Column(unit = "px") OptionalInt flips,
    @Column(unit = "logit") @Nullable Float logitAfter,
    @Column(unit = "probability") OptionalDouble pCatAfter,
    @Column(meaning = "mean edge rank of the flipped pixels, 0 (border) to 1 (centre)")
        OptionalDouble edgeIndexFlips,
    @Column(meaning = "mean edge rank of the inked pixels; empty when there are none")
        OptionalDouble edgeIndexInk,
    @Column(meaning = "number of images scored") OptionalLong evaluations,
    @Column(meaning = "whether no single flip can be omitted, verified by full forward " + "passes")
        OneMinimal oneMinimal,
    @Column(unit = "probability", meaning = "minimum of p(cat) when any single flip is undone")
        OptionalDouble leastPCatWithOneUndone,
    @Column(meaning = "folder of its images and flips, relative to that of the table")
        String files) {
  /** The name of the file. */
  public static final String FILE = "counterfactual.csv";

  public static final Table<CounterfactualRow> TABLE = Table.of(CounterfactualRow.class, FILE);

  /** The outcome for an image. */
  public enum Status {
    /** Flips were found. */
    CROSSED,
    /** The search gave up. */
    NOT_REACHED,
    /** The image is not classified as cat. */
    NO_CAT,
    /** The photo is classified as cat, but its binarised version is not. */
    NO_CAT_BINARISED;

    /** The value in the table. */
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
  public static CounterfactualRow of(
      String group, String file, String files, Binarised image, Optional<Counterfactual> found) {
    Optional<Removals> flips = found.flatMap(Counterfactual::found);
    return new CounterfactualRow(
        group,
        file,
        Status.of(image, flips.isPresent()),
        number(image.threshold().map(threshold -> threshold.gray())),
        image.originalCatProbability(),
        image.logit(),
        image.catProbability(),
        found.isPresent() ? OptionalInt.of(found.get().greedyFlips()) : OptionalInt.empty(),
        flips.isPresent() ? OptionalInt.of(flips.get().pixels().count()) : OptionalInt.empty(),
        flips.isPresent() ? flips.get().logit() : null,
        number(flips.map(set -> 1 - set.wanted().probability(set.logit()))),
        flips.isPresent() ? edgeIndex(flips.get().pixels()) : OptionalDouble.empty(),
        edgeIndex(image.image()),
        found.isPresent() ? OptionalLong.of(found.get().evaluations()) : OptionalLong.empty(),
        flips.map(OneMinimal::of).orElse(OneMinimal.UNTESTED),
        number(flips.map(set -> 1 - set.largest().orElseThrow())),
        flips.isPresent() ? files : "");
  }

  private static OptionalDouble number(Optional<Double> value) {
    return value.isPresent() ? OptionalDouble.of(value.get()) : OptionalDouble.empty();
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
