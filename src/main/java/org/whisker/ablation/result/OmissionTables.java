package org.whisker.ablation.result;

import java.util.List;
import org.whisker.ablation.AblationResult;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** Rows of the tables of what was not measured or not shown. */
public final class OmissionTables {
  private OmissionTables() {}

  /** A row of {@value #FILE}: an experiment that is not applicable to a model. */
  public record SkippedRow(
      String experiment,
      String model,
      @Column(ofCats = true, meaning = "why, in one line") String reason) {
    public static final String FILE = "skipped.csv";
    public static final Table<SkippedRow> TABLE = Table.of(SkippedRow.class, FILE);
  }

  /** A row of {@value #FILE}: a comparison or observation of an experiment without a verdict. */
  public record WithheldRow(
      @Column(meaning = "name or label, as in the table of effects or observations")
          String comparison,
      @Column(ofCats = true, meaning = "why the verdict is withheld") String reason) {
    public static final String FILE = "withheld.csv";
    public static final Table<WithheldRow> TABLE = Table.of(WithheldRow.class, FILE);

    /** The rows of all withheld verdicts; empty when none is withheld. */
    public static List<WithheldRow> of(AblationResult result) {
      return result.withheld().stream()
          .map(w -> new WithheldRow(w.comparison(), w.reason()))
          .distinct()
          .toList();
    }
  }
}
