package org.whisker.page.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.whisker.page.DataTable;
import org.whisker.page.ReportFolder;
import org.whisker.page.ReportPage;
import org.whisker.page.Section;
import org.whisker.table.report.FindingRow;

/** The verdicts of a configuration of {@code ablate}, whose own page has the figures. */
final class AblationSection {
  private AblationSection() {}

  static Section of(Path folder, String group) throws IOException {
    String table = group + "/" + FindingRow.FILE;
    List<List<String>> rows =
        ReportFolder.open(folder.resolve(group)).findings().stream()
            .filter(finding -> finding.row().isTested())
            .map(
                finding ->
                    List.of(
                        finding.row().hypothesis(),
                        finding.row().model(),
                        finding.row().verdict().replace('_', ' '),
                        finding.sentence()))
            .toList();
    return new Section(
        group,
        group,
        group + ": " + (rows.isEmpty() ? "no hypothesis is tested yet" : "verdicts so far"),
        ReportPage.answer(folder.resolve(group)),
        List.of(),
        rows.isEmpty()
            ? List.of()
            : List.of(
                new DataTable(
                    List.of("hypothesis", "model", "verdict", "in words"),
                    rows,
                    "Corrected within this configuration. Its figures: " + group + "/index.html.",
                    table)),
        List.of());
  }
}
