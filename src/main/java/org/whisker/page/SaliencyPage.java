package org.whisker.page;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.whisker.chart.SaliencyGallery;
import org.whisker.chart.kit.Panel;
import org.whisker.chart.kit.PictureFigure;
import org.whisker.table.ExplainedPicture;

/** The gallery as one page that needs nothing from outside. */
public final class SaliencyPage {
  /** With more maps than these, the page does without values under the pointer. */
  private static final int MOST_WITH_VALUES = 24;

  static final String SUMMARY = "summary.csv";

  private final SaliencyGallery gallery;
  private final boolean values;

  private SaliencyPage(SaliencyGallery gallery) {
    this.gallery = gallery;
    this.values = gallery.maps().size() <= MOST_WITH_VALUES;
  }

  /**
   * Writes {@code index.html}; {@code summary.csv} must be there.
   *
   * @param more sections after the methods
   * @param notes what was left out, a sentence each
   * @param files further files to link
   */
  public static void write(
      Path folder,
      SaliencyGallery gallery,
      List<Section> more,
      List<String> notes,
      Map<String, String> provenance,
      List<String> files)
      throws IOException {
    SaliencyPage page = new SaliencyPage(gallery);
    List<Section> sections = new ArrayList<>();
    sections.add(page.pictures());
    SaliencyMethodSection each = new SaliencyMethodSection(gallery, page.values);
    gallery.methods().forEach(method -> sections.add(each.of(method)));
    sections.addAll(more);
    HtmlReport.write(
        folder,
        new Report(
            "What " + gallery.model() + " looks at",
            page.subtitle(),
            page.answer(notes),
            List.of(),
            sections,
            provenance,
            files));
  }

  private String subtitle() {
    return "Maps of "
        + count(gallery.pictures().size(), "image")
        + " by "
        + count(gallery.methods().size(), "method");
  }

  private static String count(int n, String what) {
    return n + " " + what + (n == 1 ? "" : "s");
  }

  private List<String> answer(List<String> notes) {
    List<String> sentences = new ArrayList<>();
    sentences.add(
        "Blue speaks for cat, red against it; maps from violet to yellow have no sign."
            + " The maps of a method share one scale; those of two methods do not.");
    sentences.addAll(notes);
    return sentences;
  }

  private Section pictures() {
    List<Panel> panels = new ArrayList<>();
    for (ExplainedPicture p : gallery.pictures()) {
      PictureFigure figure =
          PictureFigure.of(p.raster(), p.name(), p.score(), p.resized() ? "resized" : "");
      panels.add(new Panel(figure.png(1)).withAlt("The image " + p.name() + ", " + p.score()));
    }
    return new Section(
        "images",
        "Images",
        List.of(),
        List.of(
            new Figure(
                panels, "The images", "As the classifier sees them, with its p(cat).", SUMMARY)),
        List.of(),
        List.of());
  }
}
