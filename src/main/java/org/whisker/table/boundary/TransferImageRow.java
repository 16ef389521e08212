package org.whisker.table.boundary;

import java.util.List;
import java.util.stream.IntStream;
import org.whisker.boundary.Transfer;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** A row of {@code transfer-images.csv}: the score of an image by a model. */
public record TransferImageRow(
    @Column(meaning = "the set of images") String source,
    @Column(meaning = "the model") String target,
    @Column(meaning = "mode of its convolutions") String padding,
    @Column(meaning = "its file") String image,
    @Column(unit = "logit", meaning = "logit of not-cat") float logit,
    @Column(unit = "probability") double pCat) {
  /** The name of the file. */
  public static final String FILE = "transfer-images.csv";

  public static final Table<TransferImageRow> TABLE = Table.of(TransferImageRow.class, FILE);

  /**
   * The rows of a set and a model.
   *
   * @param images the files of the set
   */
  public static List<TransferImageRow> of(
      Transfer scored, String model, String padding, List<String> images) {
    return IntStream.range(0, images.size())
        .mapToObj(
            i ->
                new TransferImageRow(
                    scored.source(),
                    model,
                    padding,
                    images.get(i),
                    scored.logits().get(i),
                    scored.catProbability(i)))
        .toList();
  }
}
