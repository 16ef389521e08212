package org.whisker.ablation.result;

import java.util.List;
import java.util.OptionalDouble;
import org.whisker.ablation.SupplementaryTable;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: the black pixels of evolved images that harm alone and help in the
 * image; the first row is of the whole canvas, the others of the bins of edge ranks. Cells are
 * empty if no image has such a pixel.
 */
public record HarmAndHelpRow(
    @Column(meaning = "lower end of the edge ranks; 0 is the border") double uFrom,
    @Column(meaning = "upper end; 1 is the centre") double uTo,
    @Column(
            meaning =
                "whether the images are those of the runs that reached the target; if "
                    + "none did, they are the images of all runs")
        boolean cats,
    @Column(meaning = "number of runs with a black pixel there") int runs,
    @Column(
            unit = "share",
            meaning = "share of a run's black pixels there that do both, mean over these " + "runs")
        OptionalDouble share,
    @Column(unit = "share", meaning = "lower end of its 95 % confidence interval")
        OptionalDouble ciLow,
    @Column(unit = "share", meaning = "upper end of the interval") OptionalDouble ciHigh,
    @Column(
            unit = "logit",
            meaning = "mean Δlogit of such a pixel alone on white; above 0 is away from cat")
        OptionalDouble aloneDeltaLogit,
    @Column(
            unit = "logit",
            meaning =
                "mean Δlogit of these pixels in the image (with minus without); below "
                    + "0 is towards cat")
        OptionalDouble evolvedDeltaLogit) {
  public static final String FILE = "harm_and_help.csv";
  public static final Table<HarmAndHelpRow> TABLE = Table.of(HarmAndHelpRow.class, FILE);

  /** The row of the whole canvas, followed by one row per bin, from the border inwards. */
  public static List<HarmAndHelpRow> of(SupplementaryTable.HarmAndHelp table) {
    return table.rows().stream().map(r -> of(r, table.cats())).toList();
  }

  private static HarmAndHelpRow of(SupplementaryTable.HarmAndHelp.Where r, boolean cats) {
    return new HarmAndHelpRow(
        r.bin().from(),
        r.bin().to(),
        cats,
        r.runs(),
        r.share(),
        r.low(),
        r.high(),
        r.alone(),
        r.inPlace());
  }
}
