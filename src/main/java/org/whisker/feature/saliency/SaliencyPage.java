package org.whisker.feature.saliency;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.whisker.chart.kit.Panel;
import org.whisker.chart.kit.PictureFigure;
import org.whisker.io.Manifest;
import org.whisker.page.Figure;
import org.whisker.page.HtmlReport;
import org.whisker.page.ManifestLines;
import org.whisker.page.Report;
import org.whisker.page.Section;
import org.whisker.saliency.result.FaithfulnessTables;
import org.whisker.saliency.result.LayerRow;
import org.whisker.saliency.result.SaliencyFiles;
import org.whisker.saliency.result.SaliencyFolder;

/** The maps of a saliency job as one self-contained page, drawn from its tables. */
public final class SaliencyPage {
  /** With more maps than this, the page has no values on hover. */
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
    sections.add(pictures());
    boolean values = folder.maps().size() <= MOST_WITH_VALUES;
    SaliencyMethodSection each = new SaliencyMethodSection(gallery, values);
    folder.methods().forEach(method -> sections.add(each.of(method)));
    Optional<FaithfulnessTables> tested = FaithfulnessTables.read(target);
    tested.ifPresent(tables -> sections.add(FaithfulnessSection.of(folder, tables)));
    HtmlReport.write(
        target,
        new Report(
            "What " + folder.model() + " looks at",
            subtitle(),
            answer(),
            List.of(),
            sections,
            ManifestLines.of(folder.manifest(), INTERNAL),
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
        "Blue is evidence for cat, red against it; maps from white to brown are unsigned. The"
            + " maps of one method share a scale, which differs between methods.");
    for (JsonNode note : folder.manifest().path("notes")) {
      sentences.add(note.asText());
    }
    return sentences;
  }

  /** Further existing files to link. */
  private List<String> files(Path target, SaliencyGallery gallery) {
    List<Path> all = new ArrayList<>();
    gallery.stems().forEach(stem -> all.add(target.resolve(stem + ".png")));
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

  private Section pictures() {
    List<Panel> panels = new ArrayList<>();
    for (SaliencyFolder.Picture p : folder.pictures()) {
      PictureFigure figure =
          PictureFigure.of(p.gray(), p.name(), p.score(), p.resized() ? "resized" : "");
      panels.add(new Panel(figure.png(1)).withAlt("The image " + p.name() + ", " + p.score()));
    }
    return new Section(
        "images",
        "Images",
        List.of(),
        List.of(
            new Figure(
                panels,
                "The images",
                "As the classifier sees them, with its p(cat).",
                SaliencyFiles.SUMMARY)),
        List.of(),
        List.of());
  }
}
