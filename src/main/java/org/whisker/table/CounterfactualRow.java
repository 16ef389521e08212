package org.whisker.table;

import java.io.IOException;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.whisker.boundary.Binarised;
import org.whisker.image.EdgeRank;
import org.whisker.io.CsvRow;

/**
 * A row of {@code counterfactual.csv}.
 *
 * @param group the images that it is one of
 * @param image its file
 * @param status what became of it
 * @param probability p(cat) of the image in two tones
 * @param flips how many turned it; empty where none did
 * @param inkIndex the edge index of its inked pixels
 * @param files the folder with its pictures and flips, below that of the table; empty where there
 *     are none
 */
public record CounterfactualRow(
    String group,
    String image,
    Status status,
    double probability,
    OptionalInt flips,
    OptionalDouble inkIndex,
    String files) {

  /** What became of an image. */
  public enum Status {
    /** Flips were found. */
    CROSSED,
    /** The search gave up. */
    NOT_REACHED,
    /** There was no cat to turn. */
    NO_CAT,
    /** The photo was a cat, in black and white it is none. */
    NO_CAT_BINARISED;

    /** As in the table. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static Status parse(CsvRow row) throws IOException {
      for (Status status : values()) {
        if (status.label().equals(row.text("status"))) {
          return status;
        }
      }
      throw row.error("status is \"" + row.text("status") + "\"");
    }
  }

  /** The status of an image. */
  public static Status status(Binarised image, boolean crossed) {
    if (!image.isCat()) {
      return image.wasCat() ? Status.NO_CAT_BINARISED : Status.NO_CAT;
    }
    return crossed ? Status.CROSSED : Status.NOT_REACHED;
  }

  /** Whether the image was a cat to begin with. */
  public boolean isCat() {
    return status == Status.CROSSED || status == Status.NOT_REACHED;
  }

  public static OptionalDouble inkIndex(Binarised image) {
    return new EdgeRank(image.image().canvas()).edgeIndex(image.image());
  }

  public static CounterfactualRow read(CsvRow row) throws IOException {
    return new CounterfactualRow(
        row.text("group"),
        row.text("image"),
        Status.parse(row),
        row.number("p_cat"),
        row.text("flips").isEmpty()
            ? OptionalInt.empty()
            : OptionalInt.of(Math.toIntExact(row.integer("flips"))),
        row.optionalNumber("edge_index_ink"),
        row.text("files"));
  }
}
