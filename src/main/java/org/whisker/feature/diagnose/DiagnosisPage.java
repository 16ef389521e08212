package org.whisker.feature.diagnose;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.HeatmapFigure;
import org.whisker.diagnosis.Diagnosis;
import org.whisker.diagnosis.Diagnosis.Cause;
import org.whisker.diagnosis.Examination;
import org.whisker.diagnosis.result.MeasureTables.CauseRow;
import org.whisker.diagnosis.result.MeasureTables.ClassMapRow;
import org.whisker.diagnosis.result.MeasureTables.EvidenceRow;
import org.whisker.diagnosis.result.MeasureTables.LayerPaddingRow;
import org.whisker.diagnosis.result.MeasureTables.MarkRow;
import org.whisker.diagnosis.result.MeasureTables.OperationRow;
import org.whisker.diagnosis.result.MeasureTables.PlaceRow;
import org.whisker.diagnosis.result.MeasureTables.ShiftRow;
import org.whisker.diagnosis.result.MeasureTables.TokenRow;
import org.whisker.diagnosis.result.MeasureTables.UnreadRow;
import org.whisker.io.Manifest;
import org.whisker.page.HtmlReport;
import org.whisker.page.Report;
import org.whisker.page.Section;
import org.whisker.page.Section.DataTable;
import org.whisker.page.Section.Figure;
import org.whisker.position.result.DoseTables.DoseRow;
import org.whisker.table.Columns;
import org.whisker.value.Text;

/** {@code index.html} of a diagnosis, drawn from its tables: the answer, then its evidence. */
public final class DiagnosisPage {
  private static final Set<String> INTERNAL =
      Set.of(
          "configuration",
          "arguments",
          "status",
          "hashes",
          "answer",
          "causes",
          DiagnoseJob.LOOKED_AT);

  private DiagnosisPage() {}

  public static boolean isFor(Path folder) {
    return Files.isRegularFile(folder.resolve(CauseRow.FILE))
        && Files.isRegularFile(folder.resolve(EvidenceRow.FILE));
  }

  /**
   * Writes the page.
   *
   * @return its size in bytes
   * @throws IOException naming a table that is missing or can't be read
   */
  public static long write(Path folder) throws IOException {
    return HtmlReport.write(folder, () -> report(folder));
  }

  private static Report report(Path folder) throws IOException {
    List<CauseRow> causes = CauseRow.TABLE.read(folder.resolve(CauseRow.FILE));
    JsonNode manifest = Manifest.read(folder);
    List<Section> sections = new ArrayList<>();
    sections.add(causesSection(causes));
    paddingSection(folder).ifPresent(sections::add);
    operationSection(folder).ifPresent(sections::add);
    tokenSection(folder).ifPresent(sections::add);
    shiftSection(folder).ifPresent(sections::add);
    markSection(folder).ifPresent(sections::add);
    unreadSection(folder).ifPresent(sections::add);
    classSection(folder).ifPresent(sections::add);
    sections.add(symptoms(folder));
    return new Report(
        "Is what " + Manifest.text(folder, "/model/name") + " sees tied to places?",
        "Diagnosed by " + Manifest.text(folder, "/shown"),
        Stream.of(new Diagnosis(causes).sentence(), lookedAt(manifest))
            .filter(text -> !text.isEmpty())
            .toList(),
        List.of(),
        sections,
        Report.manifestLines(manifest, INTERNAL),
        Stream.of(EvidenceRow.FILE, CauseRow.FILE, DiagnoseJob.JSON, Manifest.NAME)
            .filter(file -> Files.exists(folder.resolve(file)))
            .toList());
  }

  /** Empty in a folder of a version before. */
  private static String lookedAt(JsonNode manifest) {
    return manifest.path(DiagnoseJob.LOOKED_AT).asText();
  }

  private static Section causesSection(List<CauseRow> causes) {
    List<List<String>> rows =
        causes.stream()
            .map(
                cause ->
                    List.of(
                        Cause.parse(cause.cause()).question(),
                        cause.verdict(),
                        estimate(cause),
                        number(OptionalDouble.of(cause.threshold())),
                        Text.number("%.4f", cause.correctedP(), ""),
                        where(cause)))
            .toList();
    long found = causes.stream().filter(row -> row.isFound() && !row.isWeak()).count();
    List<List<String>> measures =
        causes.stream().map(cause -> List.of(cause.cause(), cause.measure())).toList();
    return new Section(
        "suspects",
        "Causes",
        found == 0
            ? "No cause is shown to be above its threshold"
            : found == 1
                ? "One cause is shown to be above its threshold"
                : found + " causes are shown to be above their thresholds",
        List.of(
            "A cause is found where its effect is shown to be above the threshold, and none where"
                + " it is shown to be below. The thresholds are fixed. p is corrected for all"
                + " causes that were tested. Crops and missed pixels are counted: they have no"
                + " interval and no p. Uneven padding is seen in the layers; its effect has no p,"
                + " and it is named however small that is."),
        List.of(
            Figure.of(
                DiagnosisCharts.causes(causes),
                "The effect of each cause as a multiple of its threshold",
                "Each effect as a multiple of its threshold, with its 95 % interval.",
                CauseRow.FILE)),
        List.of(
            new DataTable(
                List.of(
                    "question",
                    "verdict",
                    "effect (95 %)",
                    "threshold",
                    "p",
                    "where, and the mend"),
                rows,
                "The evidence for each cause.",
                CauseRow.FILE)),
        List.of(
            new Section.Details(
                "What each effect is",
                List.of(),
                List.of(new DataTable(List.of("cause", "measure"), measures, "")))));
  }

  /** The place of a cause, and its mend, in one cell, so that the table fits the page. */
  private static String where(CauseRow cause) {
    String where =
        Stream.of(cause.where(), cause.note())
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining("; "));
    String mend = cause.mend().isEmpty() ? "" : "Mend: " + cause.mend();
    return Stream.of(where, mend).filter(text -> !text.isEmpty()).collect(Collectors.joining(". "));
  }

  private static String estimate(CauseRow cause) {
    if (cause.estimate().isEmpty()) {
      return "–";
    }
    String value = number(cause.estimate());
    return cause.correctedP().isEmpty()
        ? value
        : value + " (" + number(cause.ciLow()) + " to " + number(cause.ciHigh()) + ")";
  }

  private static String number(OptionalDouble value) {
    return Text.number("%.2f", value, "–");
  }

  private static Optional<Section> paddingSection(Path folder) throws IOException {
    Optional<Drawing> drawing = DiagnosisCharts.layers(folder);
    List<LayerPaddingRow> rows = LayerPaddingRow.TABLE.readIn(folder);
    return drawing.map(
        drawn ->
            new Section(
                "layers",
                "Padding",
                "What the padding of each layer does",
                List.of(
                    "The padding of a layer is swapped for one that wraps around, in pictures that"
                        + " were rolled, so that the picture goes on beyond the border. What then"
                        + " changes in the same way in all pictures is the padding's own."),
                List.of(
                    Figure.of(
                        drawn,
                        "Effect of the padding by layer and side",
                        "The effect of the padding, by layer and side.",
                        LayerPaddingRow.FILE)),
                List.of(
                    DataTable.of(
                        Columns.of(LayerPaddingRow.class)
                            .with("layer", LayerPaddingRow::layer)
                            .with("side", LayerPaddingRow::side)
                            .with("values", LayerPaddingRow::values)
                            .with("before", LayerPaddingRow::before)
                            .with("after", LayerPaddingRow::after)
                            .with("effect", row -> number(OptionalDouble.of(row.effect())))
                            .with("low", row -> number(OptionalDouble.of(row.ciLow())))
                            .with("high", row -> number(OptionalDouble.of(row.ciHigh()))),
                        rows,
                        "All layers and sides.",
                        LayerPaddingRow.FILE)),
                List.of()));
  }

  private static Optional<Section> operationSection(Path folder) throws IOException {
    List<OperationRow> rows = OperationRow.TABLE.readIn(folder);
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Section(
                "operations",
                "Other operations",
                "What other operations do that know places",
                List.of(
                    "What an operation reads is rolled over the borders of its map, and what it"
                        + " gives is rolled back. Where it is the same at every place, the logit"
                        + " stays."),
                List.of(),
                List.of(
                    DataTable.of(
                        Columns.of(OperationRow.class)
                            .with("layer", OperationRow::layer)
                            .with("what it does", OperationRow::does)
                            .with("effect", row -> number(OptionalDouble.of(row.effect())))
                            .with("low", row -> number(OptionalDouble.of(row.ciLow())))
                            .with("high", row -> number(OptionalDouble.of(row.ciHigh()))),
                        rows,
                        "",
                        OperationRow.FILE)),
                List.of()));
  }

  private static Optional<Section> tokenSection(Path folder) throws IOException {
    List<TokenRow> rows = TokenRow.TABLE.readIn(folder);
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Section(
                "tokens",
                "Tokens",
                "Tokens of outlying norm",
                List.of(
                    "A token is outlying where its norm is above three times the median of its"
                        + " picture. Tokens that are outlying at the same places in pictures and in"
                        + " noise know a place; others carry what is seen. The effect is the change"
                        + " of the logit when tokens at these places become the mean of the others,"
                        + " less that by as many others."),
                List.of(),
                List.of(
                    DataTable.of(
                        Columns.of(TokenRow.class)
                            .with("layer", TokenRow::layer)
                            .with("shown", TokenRow::shown)
                            .with("outlying", row -> number(OptionalDouble.of(row.outlying())))
                            .with("largest", row -> number(OptionalDouble.of(row.largest())))
                            .with("fixed", TokenRow::fixed)
                            .with("places", TokenRow::places)
                            .with("effect", row -> number(row.effect()))
                            .with("low", row -> number(row.ciLow()))
                            .with("high", row -> number(row.ciHigh())),
                        rows,
                        "",
                        TokenRow.FILE)),
                List.of()));
  }

  private static Optional<Section> shiftSection(Path folder) throws IOException {
    return DiagnosisCharts.shifts(folder)
        .map(
            drawn ->
                new Section(
                    "shifts",
                    "Shifts",
                    "What shifts by a few pixels do",
                    List.of(
                        "Pictures are shifted over their borders. On a torus, every padding wraps"
                            + " around and the head is averaged over rolls, so that only strides"
                            + " can tell one shift from another.",
                        "The curve goes through the phases of the total stride: the pixels that one"
                            + " position of the last feature map stands for. A shift by a whole"
                            + " stride gives the strides the same samples again."),
                    List.of(
                        Figure.of(
                            drawn,
                            "Change of the logit by the shift of the picture",
                            "Change of the logit by a shift, with 95 % bands.",
                            ShiftRow.FILE)),
                    List.of(),
                    List.of()));
  }

  private static Optional<Section> markSection(Path folder) throws IOException {
    List<MarkRow> rows = MarkRow.TABLE.readIn(folder);
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Section(
                "marks",
                "Marks",
                "Parts in which the photos are alike",
                List.of(
                    "Each part is painted over by that of other photos. The change of the logit is"
                        + " compared with that of the same painting at the mirrored places."),
                List.of(),
                List.of(
                    DataTable.of(
                        Columns.of(MarkRow.class)
                            .with("photos", MarkRow::group)
                            .with(
                                "columns",
                                row -> row.left() + " to " + (row.left() + row.width() - 1))
                            .with(
                                "rows", row -> row.top() + " to " + (row.top() + row.height() - 1))
                            .with(
                                "change / sd (95 %)",
                                row ->
                                    Text.of(
                                        "%.2f (%.2f to %.2f)",
                                        row.change(), row.ciLow(), row.ciHigh())),
                        rows,
                        "",
                        MarkRow.FILE)),
                List.of()));
  }

  private static Optional<Section> unreadSection(Path folder) throws IOException {
    List<UnreadRow> rows = UnreadRow.TABLE.readIn(folder);
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Section(
                "unread",
                "Unread pixels",
                "Rows and columns on which no logit depends",
                List.of(
                    "The derivative by these pixels is 0 in every picture. One row or column at the"
                        + " border is often what a stride leaves over."),
                List.of(),
                List.of(
                    DataTable.of(
                        Columns.of(UnreadRow.class)
                            .with("axis", UnreadRow::axis)
                            .with("from", UnreadRow::from)
                            .with("to", UnreadRow::to)
                            .with("where", UnreadRow::where),
                        rows,
                        "",
                        UnreadRow.FILE)),
                List.of()));
  }

  private static Optional<Section> classSection(Path folder) throws IOException {
    List<ClassMapRow> rows = ClassMapRow.TABLE.readIn(folder);
    return DiagnosisCharts.classMaps(folder)
        .map(
            drawn ->
                new Section(
                    "classes",
                    "Maps by class",
                    "Where the network looks in the photos of each folder",
                    List.of(
                        "Mean saliency maps of the photos of each folder. A block that is high in"
                            + " one folder alone is worth a look at its photos: a mark may lie"
                            + " there."),
                    List.of(
                        new Figure(
                            drawn.maps().stream().map(HeatmapFigure::panel).toList(),
                            "Mean saliency maps of the photos of each folder",
                            "Mean saliency maps by folder, on one scale.",
                            ClassMapRow.FILE)),
                    List.of(
                        DataTable.of(
                            Columns.of(ClassMapRow.class)
                                .with("photos", ClassMapRow::group)
                                .with("number", ClassMapRow::photos)
                                .with(
                                    "highest in columns",
                                    row -> row.left() + " to " + (row.left() + row.width() - 1))
                                .with(
                                    "rows",
                                    row -> row.top() + " to " + (row.top() + row.height() - 1))
                                .with("there, × mean", row -> number(OptionalDouble.of(row.peak())))
                                .with(
                                    "other folders there",
                                    row -> number(OptionalDouble.of(row.others())))
                                .with(
                                    "correlation with them",
                                    row -> number(OptionalDouble.of(row.correlation()))),
                            rows,
                            "",
                            ClassMapRow.FILE)),
                    List.of()));
  }

  /** What shows that places matter, and not why. */
  private static Section symptoms(Path folder) throws IOException {
    List<Figure> figures = new ArrayList<>();
    DiagnosisCharts.maps(folder)
        .ifPresent(
            maps ->
                figures.add(
                    new Figure(
                        maps.maps().stream().map(HeatmapFigure::panel).toList(),
                        "Mean saliency maps in place, moved, and of noise",
                        "Mean saliency maps. What is alike in all three is the network's own.",
                        null)));
    DiagnosisCharts.places(folder)
        .ifPresent(
            map ->
                figures.add(
                    new Figure(
                        List.of(map.panel()),
                        "What it costs to hide a block, by its place",
                        "What hiding a block costs, in pictures that were rolled at random.",
                        PlaceRow.FILE)));
    DiagnosisCharts.dose(folder)
        .ifPresent(
            plot ->
                figures.add(
                    Figure.of(
                        plot,
                        "What black pixels on white cost, by zone",
                        "What black pixels on white cost, from the border to the centre.",
                        DoseRow.FILE)));
    List<EvidenceRow> rows =
        EvidenceRow.TABLE.readIn(folder).stream()
            .filter(row -> Examination.isSymptom(row.measure()))
            .toList();
    return new Section(
        "symptoms",
        "Symptoms",
        "What differs by place, whatever the cause",
        List.of(
            "These measures show whether places differ. They don't say by what, so they decide"
                + " nothing."),
        figures,
        List.of(
            DataTable.of(
                Columns.of(EvidenceRow.class)
                    .with("measure", EvidenceRow::measure)
                    .with("estimate", row -> number(row.estimate()))
                    .with("95 %", row -> number(row.ciLow()) + " to " + number(row.ciHigh()))
                    .with("what it is", EvidenceRow::note),
                rows,
                "",
                EvidenceRow.FILE)),
        List.of());
  }
}
