package org.whisker.table.boundary;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.whisker.boundary.Robustness;
import org.whisker.boundary.SmallChange;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** A row of {@code robustness.csv}: one image under one draw of one small perturbation. */
public record RobustnessRow(
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
  /** The name of the file. */
  public static final String FILE = "robustness.csv";

  public static final Table<RobustnessRow> TABLE = Table.of(RobustnessRow.class, FILE);

  /**
   * The rows of a group.
   *
   * @param images their files, in the order of {@code scored}
   */
  public static List<RobustnessRow> of(String group, List<String> images, Robustness scored) {
    List<RobustnessRow> rows = new ArrayList<>();
    for (int image = 0; image < images.size(); image++) {
      float unchanged = scored.logits(image, 0).get(0);
      for (int c = 0; c < scored.changes().size(); c++) {
        SmallChange change = scored.changes().get(c);
        List<Float> logits = scored.logits(image, c);
        for (int draw = 0; draw < logits.size(); draw++) {
          float logit = logits.get(draw);
          rows.add(
              new RobustnessRow(
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
