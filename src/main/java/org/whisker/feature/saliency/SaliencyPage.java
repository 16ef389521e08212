package org.whisker.feature.saliency;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.kit.Captioned;
import org.whisker.chart.kit.Charts;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.HeatmapFigure;
import org.whisker.chart.kit.Line;
import org.whisker.chart.kit.Panel;
import org.whisker.chart.kit.PictureFigure;
import org.whisker.io.Contained;
import org.whisker.io.Decimals;
import org.whisker.io.Manifest;
import org.whisker.page.HtmlReport;
import org.whisker.page.Report;
import org.whisker.page.Section;
import org.whisker.page.Section.DataTable;
import org.whisker.page.Section.Figure;
import org.whisker.saliency.result.FaithfulnessRow;
import org.whisker.saliency.result.FaithfulnessTables;
import org.whisker.saliency.result.SaliencyFiles;
import org.whisker.saliency.result.SaliencyFiles.LayerRow;
import org.whisker.saliency.result.SaliencyFiles.ProfileRow;
import org.whisker.saliency.result.SaliencyFolder;
import org.whisker.saliency.result.SaliencyFolder.FolderMap;
import org.whisker.saliency.result.SaliencyFolder.PictureMap;
import org.whisker.saliency.result.SaliencyRow;
import org.whisker.table.ChartRequest;
import org.whisker.table.ChartRequest.Overlay;
import org.whisker.table.Columns;
import org.whisker.value.Text;

/** The maps of a saliency job as one self-contained page, drawn from its tables. */
public final class SaliencyPage {
  /** Most maps of a page that shows values on hover. */
  private static final int MOST_WITH_VALUES = 24;

  /** Manifest entries for internal use. */
  private static final Set<String> INTERNAL =
      Set.of("status", "configuration", "arguments", "notes");

  private final SaliencyFolder folder;

  private SaliencyPage(SaliencyFolder folder) {
    this.folder = folder;
  }

  /**
   * Writes {@code index.html} beside the tables of a saliency job, if there are any.
   *
   * @throws IOException in one line that names what can't be read or written
   */
  public static void write(Path target) throws IOException {
    if (SaliencyFolder.isIn(target)) {
      new SaliencyPage(SaliencyFolder.read(target)).writeTo(target);
    }
  }

  private void writeTo(Path target) throws IOException {
    SaliencyGallery gallery = new SaliencyGallery(folder);
    List<Section> sections = new ArrayList<>();
    ChartRequest asked = ChartFiles.of(target).request();
    sections.add(pictures(gallery.first(asked)));
    boolean values = folder.maps().size() <= MOST_WITH_VALUES;
    SaliencyMethodSection each = new SaliencyMethodSection(gallery, asked.overlay(), values);
    for (String method : folder.methods()) {
      sections.add(each.of(method));
    }
    Optional<FaithfulnessTables> tested = FaithfulnessTables.read(target);
    tested.ifPresent(tables -> sections.add(faithfulnessSection(folder, tables)));
    HtmlReport.write(
        target,
        new Report(
            "What " + folder.model() + " looks at",
            subtitle(),
            answer(),
            List.of(),
            sections,
            Report.manifestLines(folder.manifest(), INTERNAL),
            files(target, gallery)));
  }

  private String subtitle() {
    return "Maps of "
        + count(folder.pictures().size(), "image")
        + " by "
        + count(folder.methods().size(), "method");
  }

  private static String count(int n, String what) {
    return n + " " + what + (n == 1 ? "" : "s");
  }

  private List<String> answer() {
    List<String> sentences = new ArrayList<>();
    sentences.add(
        "Red is evidence for cat, blue against it; brown maps have no sign. The maps of one method"
            + " share a scale, which differs between methods.");
    for (JsonNode note : folder.manifest().path("notes")) {
      sentences.add(note.asText());
    }
    return sentences;
  }

  /** Further existing files to link. */
  private List<String> files(Path target, SaliencyGallery gallery) throws IOException {
    List<Path> all = new ArrayList<>();
    for (String stem : gallery.stems()) {
      all.add(new Contained(target).resolve(stem + ".png"));
    }
    for (String method : folder.methods()) {
      all.add(new Contained(target).resolve("sheet-" + SaliencyFiles.stem(method) + ".png"));
    }
    for (Path picture : folder.folders().values()) {
      all.add(LayerRow.file(picture));
      all.add(picture.resolve("layers.png"));
    }
    List<String> files = new ArrayList<>();
    for (Path file : all) {
      if (Files.isRegularFile(file)) {
        files.add(target.relativize(file).toString().replace('\\', '/'));
      }
    }
    files.add(Manifest.NAME);
    return files;
  }

  private Section pictures(Drawing gallery) {
    List<Panel> panels = new ArrayList<>();
    for (SaliencyFolder.Picture p : folder.pictures()) {
      PictureFigure figure =
          PictureFigure.of(p.pixels(), p.name(), p.score(), p.resized() ? "resized" : "");
      panels.add(new Panel(figure.png(1)).withAlt("The image " + p.name() + ", " + p.score()));
    }
    return new Section(
        "images",
        "Images",
        List.of(),
        List.of(
            Figure.of(
                gallery.png(2),
                "The maps over the images, a row an image and a column a method",
                "The maps over the images. Where a map is strong, its colour hides the image.",
                SaliencyFiles.SUMMARY),
            new Figure(
                panels,
                "The images",
                "As the classifier sees them, with its p(target).",
                SaliencyFiles.SUMMARY)),
        List.of(),
        List.of());
  }

  private static final Map<String, String> CAPTIONS =
      Map.of(
          "deletion-insertion",
              "Deletion and insertion in the map's order, against 95 % of random orders and the"
                  + " mean of the shifted maps.",
          "randomisation", "Similarity of the map as layers are randomised from the output down.",
          "agreement", "Similarity of the maps of each pair of methods.");
  private static final Map<String, String> FILES =
      Map.of(
          "deletion-insertion", FaithfulnessTables.CURVES,
          "randomisation", FaithfulnessTables.RANDOMISATION,
          "agreement", FaithfulnessTables.AGREEMENT);

  /** Charts of further images are only in their folders. */
  private static final int MOST_PICTURES = 8;

  /**
   * The section on the faithfulness of maps.
   *
   * <p>Creates the section; its tables must be in the page's folder.
   */
  private static Section faithfulnessSection(SaliencyFolder folder, FaithfulnessTables tables) {
    List<String> tested = tables.images();
    List<Figure> figures = new ArrayList<>();
    folder.pictures().stream()
        .filter(picture -> tested.contains(picture.name()))
        .limit(MOST_PICTURES)
        .forEach(picture -> figures.addAll(figures(folder, picture, tables)));
    return new Section(
        "faithfulness",
        "Are the maps faithful?",
        List.of(
            "Deletion and insertion: a small p means that the map's order does better than that"
                + " of the same map under toroidal shifts, which is as smooth; in parentheses,"
                + " than random orders of the same pixels, which any smooth map may beat. SRG,"
                + " the symmetric relevance gain in logits: area between deletion of the most"
                + " relevant pixels first and of the least relevant first; above 0 is better."
                + " Infidelity: error of the map in predicting the effect of occluded squares,"
                + " after scaling by its best factor, relative to an all-zero map; below 1 is"
                + " better than that. Sensitivity: largest relative change of the map when gray"
                + " values change by up to 0.02.",
            "Randomised: rank correlation with the map of the network with all layers randomised;"
                + " should be near 0. A small p means that both maps are more alike in place than"
                + " under toroidal shifts, whatever the network has learned. Smooth: correlation"
                + " of the means of maps under noise (sMPRT). Complexity: relative rise of the"
                + " entropy of the map's values (eMPRT); above 0 is better."),
        figures,
        List.of(table(tables)),
        List.of());
  }

  /** Draws the figures as raster images: as vector graphics they are several times as large. */
  private static List<Figure> figures(
      SaliencyFolder folder, SaliencyFolder.Picture picture, FaithfulnessTables tables) {
    List<Figure> figures = new ArrayList<>();
    FaithfulnessFigures.charts(folder.of(picture), tables.of(picture.name()))
        .forEach(
            (name, chart) ->
                figures.add(
                    Figure.of(
                        chart.png(1),
                        picture.name() + ": " + CAPTIONS.get(name),
                        picture.name() + ". " + CAPTIONS.get(name),
                        FILES.get(name))));
    return figures;
  }

  private static DataTable table(FaithfulnessTables tables) {
    return DataTable.of(
        Columns.of(FaithfulnessRow.class)
            .with("Image", FaithfulnessRow::image)
            .with("Method", FaithfulnessRow::method)
            .with("Deletion p", row -> p(row.deletion()))
            .with("Insertion p", row -> p(row.insertion()))
            .with("SRG", row -> gain(row))
            .with("SRG p", row -> gainP(row))
            .with("Infidelity, scaled", row -> infidelity(row))
            .with("Sensitivity", row -> number(row.maxSensitivityRelative()))
            .with("Randomised ρ", row -> number(row.rhoAllLayersRandomised()))
            .with(
                "ρ p",
                row -> row.rhoAllLayersP().isPresent() ? p(row.rhoAllLayersP().getAsDouble()) : "")
            .with("Smooth ρ", row -> number(row.rhoAllLayersSmooth()))
            .with("Complexity", row -> number(row.entropyRise())),
        tables.maps(),
        "Results of the faithfulness tests",
        FaithfulnessTables.MAPS);
  }

  private static String gain(FaithfulnessRow row) {
    return row.gain() == null ? "" : Decimals.fixed(row.gain().logit(), 2);
  }

  private static String gainP(FaithfulnessRow row) {
    return row.gain() == null ? "" : row.gain().rolled().map(of -> p(of.p())).orElse("");
  }

  private static String infidelity(FaithfulnessRow row) {
    return row.infidelity() == null ? "" : number(row.infidelity().relative());
  }

  /** Against shifted maps, where there are such; then against random orders. */
  private static String p(FaithfulnessRow.@Nullable Causal curve) {
    if (curve == null) {
      return "";
    }
    String random = p(curve.p());
    return curve.rolled().map(shifted -> p(shifted.p()) + " (" + random + ")").orElse(random);
  }

  private static String p(double p) {
    return Decimals.probability(p);
  }

  private static String number(OptionalDouble value) {
    return value.isPresent() ? Decimals.fixed(value.getAsDouble(), 2) : "";
  }

  /**
   * The section of one method: its maps on one scale, its profiles, a table.
   *
   * @param values whether maps show their values on hover
   */
  private record SaliencyMethodSection(SaliencyGallery gallery, Overlay overlay, boolean values) {
    private static final int SIDE = 224;

    Section of(String method) throws IOException {
      List<FolderMap> maps = gallery.folder().of(method);
      MapLook look = gallery.look(method);
      MapOverlay over = new MapOverlay(look, overlay);
      List<Panel> panels = new ArrayList<>();
      for (FolderMap map : maps) {
        panels.add(over(map, over));
        if (values) {
          panels.add(panel(map, look));
        }
      }
      return new Section(
          "method-" + SaliencyFiles.stem(method),
          method,
          paragraphs(method, look),
          List.of(
              new Figure(panels, "Maps of " + method, caption(maps), SaliencyFiles.SUMMARY),
              Figure.of(
                  profiles(method, maps),
                  "Mean strength of " + method + " from the border inwards",
                  "Mean of |value| by edge rank, relative to that of the whole map: 1 is average."
                      + " One line per image"
                      + (maps.size() > 5 ? "; names in the tables." : "."),
                  SaliencyFiles.SUMMARY)),
          List.of(table(maps)),
          List.of());
    }

    private static List<String> paragraphs(String method, MapLook look) {
      List<String> paragraphs = new ArrayList<>();
      String line = SaliencyFolder.describe(method);
      if (!line.isEmpty()) {
        paragraphs.add(line.substring(0, 1).toUpperCase(Locale.ROOT) + line.substring(1) + ".");
      }
      paragraphs.add(String.join(" ", look.legend()));
      return paragraphs;
    }

    private static String caption(List<FolderMap> maps) {
      List<String> settings = maps.stream().map(map -> map.row().settings()).distinct().toList();
      String set = settings.size() == 1 ? settings.get(0) : "settings differ, see the table";
      return "In " + maps.get(0).map().unit() + (set.isEmpty() ? "." : "; " + set + ".");
    }

    private static Panel over(FolderMap of, MapOverlay over) throws IOException {
      int longest = Math.max(of.map().canvas().width(), of.map().canvas().height());
      Drawing framed = over.framed(of, (double) SIDE / longest);
      return new Panel(new Captioned(framed, List.of(of.picture().name())).png(2))
          .withAlt(alt(of) + "; over the image");
    }

    private Panel panel(FolderMap of, MapLook look) {
      PictureMap map = of.map();
      int longest = Math.max(map.canvas().width(), map.canvas().height());
      HeatmapFigure figure =
          look.figure(of.picture().name(), map)
              .withZoom(Math.max(1, Math.round((float) SIDE / longest)));
      // for a sparse map, the cells drawn are larger than the pixels of the values
      Panel panel = MapLook.isSparse(map) ? new Panel(figure.png(2)) : figure.panel();
      return panel.withAlt(alt(of));
    }

    private static String alt(FolderMap of) {
      String what = "Map of " + of.picture().name() + " by " + of.method();
      OptionalDouble index = of.row().edgeIndex();
      return index.isPresent()
          ? Text.of(
              "%s: edge index %.2f; 0.5 is uniform, less is nearer the border",
              what, index.getAsDouble())
          : what + ": zero everywhere";
    }

    private static Drawing profiles(String method, List<FolderMap> maps) {
      List<Line> lines = new ArrayList<>();
      for (FolderMap map : maps) {
        lines.add(
            new Line(
                map.picture().name(),
                map.profile().stream().mapToDouble(ProfileRow::middle).toArray(),
                map.profile().stream().mapToDouble(ring -> ring.relative().orElse(0)).toArray()));
      }
      return Charts.profile(
          method + ", from the border inwards",
          SaliencyFigures.EDGE_RANK,
          "mean |value|, relative",
          lines,
          1,
          "average");
    }

    private static DataTable table(List<FolderMap> maps) {
      return DataTable.of(
          Columns.of(SaliencyRow.class)
              .with("Image", SaliencyRow::image)
              .with("Edge index", row -> number(row.edgeIndex(), 3))
              .with("p", row -> p(row.pEdgeIndex()))
              .with("ρ(u, |value|)", row -> number(row.rhoEdgeRank(), 2))
              .with("p of ρ", row -> p(row.pEdgeRank()))
              .with("Completeness error, %", row -> number(percent(row.completenessShare()), 2))
              .with("Settings", SaliencyRow::settings),
          maps.stream().map(FolderMap::row).toList(),
          "Against random toroidal shifts of the same maps",
          SaliencyFiles.SUMMARY);
    }

    private static String p(OptionalDouble p) {
      return p.isPresent() && p.getAsDouble() < 0.001 ? "< 0.001" : number(p, 3);
    }

    private static OptionalDouble percent(OptionalDouble share) {
      return share.isPresent() ? OptionalDouble.of(100 * share.getAsDouble()) : share;
    }

    private static String number(OptionalDouble value, int places) {
      return value.isPresent() ? Decimals.fixed(value.getAsDouble(), places) : "";
    }
  }
}
