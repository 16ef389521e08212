package org.whisker.feature.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.chart.kit.Panel;
import org.whisker.chart.kit.Picture;
import org.whisker.feature.saliency.ComparedMaps;
import org.whisker.io.Csv;
import org.whisker.io.Csv.CsvTable;
import org.whisker.io.Decimals;
import org.whisker.io.InputFile;
import org.whisker.io.Manifest;
import org.whisker.job.FolderSession;
import org.whisker.page.HtmlReport;
import org.whisker.page.Report;
import org.whisker.page.Section;
import org.whisker.page.Section.DataTable;
import org.whisker.page.Section.Figure;

/**
 * {@code index.html} of a folder that has no page of its own: its charts as they lie there, its
 * small tables and its manifest.
 */
public final class FolderPage implements FolderChart {
  private static final Set<String> COMMANDS =
      Set.of("ablate", "heatmap", "probe", "boundary", ComparedMaps.COMMAND);
  private static final Set<String> INTERNAL = Set.of("configuration", "arguments", "status");
  private static final int DEEP = 3;
  private static final int MOST_ROWS = 40;
  private static final int DIGITS = 4;
  private static final Pattern METADATA = Pattern.compile("(?s)<metadata>.*?</metadata>");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+\\.[0-9]{4,}(?:[Ee]-?[0-9]+)?");

  static boolean isFor(Path folder) throws IOException {
    return Manifest.isIn(folder) && isOf(Manifest.text(folder, "/command"));
  }

  private static boolean isOf(String command) {
    return COMMANDS.stream()
        .anyMatch(each -> command.equals(each) || command.startsWith(each + " "));
  }

  @Override
  public void draw(Path folder, ChartFiles files) throws IOException {
    if (isFor(folder)) {
      write(folder);
    }
  }

  /**
   * Draws the page from what lies in the folder.
   *
   * @return its size in bytes
   */
  static long write(Path named) throws IOException {
    Path folder = FolderSession.itself(named);
    return HtmlReport.write(folder, () -> page(folder));
  }

  private static Report page(Path folder) throws IOException {
    JsonNode manifest = Manifest.read(folder);
    List<String> words = new ArrayList<>(List.of("whisker", manifest.path("command").asText()));
    manifest.path("arguments").forEach(word -> words.add(word.asText()));
    return new Report(
        title(manifest),
        String.join(" ", words),
        List.of(),
        List.of(),
        sections(folder),
        Report.manifestLines(manifest, INTERNAL),
        files(folder));
  }

  private static String title(JsonNode manifest) {
    String command = manifest.path("command").asText();
    String what =
        switch (command) {
          case "ablate" -> "Experiments on suspected causes";
          case "heatmap" -> "Where black pixels lie";
          case "probe" -> "What single pixels do";
          case ComparedMaps.COMMAND -> "The same images by several networks";
          default -> "The decision boundary";
        };
    String model = manifest.path("model").path("name").asText();
    return model.isEmpty() ? what : what + ": " + model;
  }

  /** The folder itself, then each below it that has charts. */
  private static List<Section> sections(Path folder) throws IOException {
    Map<Path, List<Path>> charts = new LinkedHashMap<>();
    charts.put(folder, new ArrayList<>());
    for (Path chart : charts(folder)) {
      charts.computeIfAbsent(parent(chart), place -> new ArrayList<>()).add(chart);
    }
    List<Section> sections = new ArrayList<>();
    for (Map.Entry<Path, List<Path>> place : charts.entrySet()) {
      List<Figure> figures = new ArrayList<>();
      for (Path chart : place.getValue()) {
        figures.add(figure(folder, chart));
      }
      List<DataTable> tables = tables(folder, place.getKey());
      if (!figures.isEmpty() || !tables.isEmpty()) {
        String name = relative(folder, place.getKey());
        sections.add(
            new Section(
                "part-" + sections.size(),
                name.isEmpty() ? "Results" : name,
                List.of(),
                figures,
                tables,
                List.of()));
      }
    }
    return sections;
  }

  private static boolean isHidden(String relative) {
    return relative.startsWith(".") || relative.contains("/.");
  }

  private static Path parent(Path file) {
    return Optional.ofNullable(file.getParent()).orElse(file);
  }

  /** SVG where there is one of that name, otherwise PNG. */
  private static List<Path> charts(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder, DEEP)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !isHidden(relative(folder, file)))
          .filter(
              file ->
                  name(file).endsWith(".svg")
                      || (name(file).endsWith(".png")
                          && !Files.exists(file.resolveSibling(stem(file) + ".svg"))))
          .filter(file -> !isShownTwice(file))
          .sorted()
          .toList();
    }
  }

  /** A probe's maps also stand side by side. */
  private static boolean isShownTwice(Path chart) {
    return Set.of("probe", "predicted").contains(stem(chart))
        && Files.exists(chart.resolveSibling("maps.svg"));
  }

  private static Figure figure(Path folder, Path chart) throws IOException {
    Picture picture =
        name(chart).endsWith(".svg")
            ? new Picture.Svg(METADATA.matcher(InputFile.text(chart)).replaceAll(""))
            : new Picture.Png(InputFile.bytes(chart));
    String said = caption(stem(chart));
    return new Figure(
        List.of(new Panel(picture)), "Chart: " + said, said + ".", relative(folder, chart));
  }

  /** What a chart shows; its name where that says it. */
  private static String caption(String stem) {
    return switch (stem.replaceFirst("_remove$", "")) {
      case "maps" ->
          "What each pixel does to the logit when it alone is changed: measured, and as the"
              + " gradient predicts it, on one scale";
      case "profile" -> "The mean change of the logit by one pixel, from the border to the centre";
      case "scatter" ->
          "The measured change of the logit at each place against the one that the gradient"
              + " predicts";
      case "dose" ->
          "The mean change of the logit by the number of added pixels, in zones from the border to"
              + " the centre, with 95 % intervals";
      case "density_profile" ->
          "The density of black pixels from the border to the centre; 1 is chance";
      case "density", "densities" ->
          "The density of black pixels at each place, as a multiple of chance";
      case "frequency" -> "The share of final images in which each pixel is black";
      case "all_generations" ->
          "The share of generations in which each pixel is black in the best image";
      case "log_ratio" ->
          "The density at each place against chance, on a scale where 1 is twice as dense and −1 is"
              + " half as dense";
      case "sides" -> "The density of black pixels along each side and in each corner; 1 is chance";
      case "residues" ->
          "The density by the remainder of x and y divided by 2, 4 and more, which shows the"
              + " network's strides; 1 is chance";
      case "contribution" -> "What the black pixels at each place add to the logit, mean over runs";
      case "contribution_smoothed" ->
          "The same, smoothed: what the black pixels near each place add to the logit";
      case "edge_index" -> "Where black pixels lie: 0 on the border, ½ by chance, 1 in the centre";
      default ->
          Character.toUpperCase(stem.charAt(0))
              + stem.substring(1).replace('-', ' ').replace('_', ' ');
    };
  }

  /** The tables that are short enough to be read at a glance. */
  private static List<DataTable> tables(Path folder, Path place) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(place)) {
      files =
          all.filter(file -> name(file).endsWith(".csv") && !name(file).startsWith("."))
              .sorted()
              .toList();
    }
    List<DataTable> tables = new ArrayList<>();
    for (Path file : files) {
      CsvTable table = Csv.read(file);
      if (!table.rows().isEmpty() && table.rows().size() <= MOST_ROWS) {
        List<List<String>> rows =
            table.rows().stream().map(row -> row.stream().map(FolderPage::shown).toList()).toList();
        tables.add(new DataTable(table.header(), rows, stem(file) + ".", relative(folder, file)));
      }
    }
    return tables;
  }

  /** Long numbers with fewer digits; the file has all. */
  private static String shown(String cell) {
    return NUMBER.matcher(cell).matches()
        ? Decimals.rounded(Double.parseDouble(cell), DIGITS)
        : cell;
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder, DEEP)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> name(file).endsWith(".csv") || name(file).endsWith(".npy"))
          .map(file -> relative(folder, file))
          .filter(file -> !isHidden(file))
          .sorted()
          .toList();
    }
  }

  private static String relative(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
  }

  private static String stem(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(0, name.lastIndexOf('.'));
  }
}
