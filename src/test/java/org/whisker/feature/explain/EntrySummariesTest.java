package org.whisker.feature.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.ablation.result.EntryTables.EntryEffortRow;
import org.whisker.ablation.result.EntryTables.ReleaseRow;
import org.whisker.ablation.result.EntryTables.StartRow;
import org.whisker.hypothesis.Exhibit;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.page.SampleFolder;
import org.whisker.page.Section.DataTable;
import org.whisker.page.Section.Figure;

class EntrySummariesTest {
  @TempDir private Path folder;

  private static OptionalDouble of(double value) {
    return OptionalDouble.of(value);
  }

  @BeforeEach
  void write() throws IOException {
    SampleFolder.write(folder, "model-a");
    Path own = folder.resolve("model-a/entry");
    EntryEffortRow.TABLE.writeIn(
        own,
        List.of(
            new EntryEffortRow(
                "held", 4, 0, 0, 0, 0.6, of(0), of(0), of(0), of(0.2), of(1320), of(1300), of(1340),
                of(0), of(0), of(0))));
    StartRow.TABLE.writeIn(
        own, List.of(start("given", 0, 0.3), start("given", 40, 0.4), start("at-once", 1, 0.3)));
    ReleaseRow.TABLE.write(
        folder.resolve("model-a/regions").resolve(ReleaseRow.FILE),
        List.of(
            release("free", false, ReleaseRow.GENERATIONS, 0, 0.2),
            release("free", false, ReleaseRow.GENERATIONS, 3000, 0.9),
            release("held", true, ReleaseRow.GENERATIONS, 0, 0.1),
            release("held", true, ReleaseRow.GENERATIONS, 1500, 0.2),
            release("held", true, ReleaseRow.GENERATIONS, 3000, 0.9),
            release("held", true, ReleaseRow.SINCE_RELEASE, 1500, 0.9)));
  }

  private static StartRow start(String kind, int count, double e) {
    return new StartRow(
        kind,
        count,
        "arm",
        "edge_index_at_half",
        4,
        of(e),
        of(e - 0.1),
        of(e + 0.1),
        4,
        of(0.5),
        of(0.4),
        of(0.6));
  }

  private static ReleaseRow release(String arm, boolean held, String by, long at, double p) {
    return new ReleaseRow(
        arm, held, 1500, by, at, 4, of(p), of(p), of(p), of(1 - p), of(1 - p), of(1 - p), of(9),
        of(8), of(10));
  }

  @Test
  void effortCountsTheRunsAtTheTarget() throws IOException {
    DataTable effort =
        new EntrySummaries(ReportFolder.open(folder), "entry").effort().orElseThrow();
    assertEquals("0 of 4", effort.rows().get(0).get(2));
  }

  @Test
  void theReleaseIsShownAtItsCorners() throws IOException {
    DataTable release =
        new EntrySummaries(ReportFolder.open(folder), "regions").release().orElseThrow();
    assertEquals(
        List.of("3000", "1500", "3000", "1500"),
        release.rows().stream().map(row -> row.get(3)).toList());
  }

  @Test
  void figuresAreDrawn() throws IOException {
    List<Figure> entry =
        new ExperimentFigures(ReportFolder.open(folder), "entry")
            .all(Hypotheses.get("entry").shown());
    assertEquals(1, entry.size(), "there are no arms");
    List<Figure> founders =
        new ExperimentFigures(ReportFolder.open(folder), "regions")
            .all(List.of(Exhibit.RELEASE_CURVE));
    assertEquals(1, founders.size());
  }
}
