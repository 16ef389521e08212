package org.whisker.feature.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.ablation.result.CarrierTables.CarrierRow;
import org.whisker.ablation.result.CarrierTables.ChannelRow;
import org.whisker.ablation.result.CarrierTables.PatchRow;
import org.whisker.ablation.result.CarrierTables.PictureRow;
import org.whisker.ablation.result.PartTables.PartPlaceRow;
import org.whisker.ablation.result.PartTables.PartRow;
import org.whisker.ablation.result.PartTables.PartShareRow;
import org.whisker.feature.explain.CarrierFigures.PatchFigures;
import org.whisker.feature.explain.OverviewCards.Overview;
import org.whisker.hypothesis.Exhibit;
import org.whisker.page.SampleFolder;
import org.whisker.page.Section.DataTable;
import org.whisker.page.Section.Figure;

/**
 * What a page shows of the parts of a network that know places and of those that carry evidence.
 */
class PartFiguresTest {
  private static final OptionalDouble NONE = OptionalDouble.empty();

  @TempDir private Path folder;

  private static OptionalDouble of(double value) {
    return OptionalDouble.of(value);
  }

  @BeforeEach
  void write() throws IOException {
    SampleFolder.write(folder, "model-a");
    Path parts = folder.resolve("model-a/place-parts");
    PartShareRow.TABLE.writeIn(
        parts,
        List.of(
            new PartShareRow(
                "padding", 1, 0.9, 1.1, of(0.33), of(0.3), of(0.4), of(0.4), NONE, NONE),
            new PartShareRow("head", 2, 1.9, 2.1, of(0.66), of(0.6), of(0.7), of(0.6), NONE, NONE),
            new PartShareRow("neither", 0, -0.1, 0.1, NONE, NONE, NONE, NONE, NONE, NONE)));
    PartRow.TABLE.writeIn(
        parts,
        List.of(
            new PartRow("own padding, own head", NONE, 3, 2.8, 3.2, of(1), 24),
            new PartRow("own padding, own head", of(1), 1, 0.8, 1.2, of(1), 24)));
    PartPlaceRow.TABLE.writeIn(
        parts,
        List.of(
            new PartPlaceRow(
                "padding of a side",
                "top",
                2,
                1,
                0.8,
                1.2,
                of(0.3),
                of(0.2),
                of(0.4),
                1.1,
                NONE,
                0.01)));
    Path carriers = folder.resolve("model-a/carriers");
    CarrierRow.TABLE.writeIn(
        carriers,
        List.of(
            cell("pool1", 0, 0), cell("pool1", 1, 1), cell("pool1", 0, 1), cell("pool2", 0, 0)));
    ChannelRow.TABLE.writeIn(
        carriers,
        List.of(
            channel(ChannelRow.FIRST, 5, 0),
            channel(ChannelRow.RANDOM, 5, 0),
            channel(ChannelRow.SINGLE, 9, 1),
            channel(ChannelRow.SINGLE, 3, 7)));
  }

  private static void photos(Path carriers, String pixels) throws IOException {
    List<PatchRow> patches = new ArrayList<>();
    List<PictureRow> pictures = new ArrayList<>();
    for (String kind : List.of("carrier", "random")) {
      for (int place = 1; place <= 2; place++) {
        PatchRow.Label label = place == 1 ? PatchRow.Label.TARGET : PatchRow.Label.NOT_TARGET;
        patches.add(
            new PatchRow(kind, "pool1", 5, place, place + ".png", label, 0, 0, 2, 1, 1, 0.2, 0.3));
        pictures.add(new PictureRow(kind, 5, place, 2, 1, pixels));
      }
    }
    PatchRow.TABLE.writeIn(carriers, patches);
    PictureRow.TABLE.writeIn(carriers, pictures);
  }

  @Test
  void patchesOfPhotosAreAGalleryWhereThereAreAny() throws IOException {
    ReportFolder report = ReportFolder.open(folder);
    assertTrue(new PatchFigures(report, "carriers").gallery().isEmpty(), "no photos");
    for (String pixels : List.of("00ff", "ff000000ff00")) {
      photos(folder.resolve("model-a/carriers"), pixels);
      Figure gallery = new PatchFigures(report, "carriers").gallery().orElseThrow();
      assertEquals(1, gallery.panels().size());
    }
  }

  private static CarrierRow cell(String layer, int from, int to) {
    return new CarrierRow(
        "evolved into white", layer, 8, 8, from, to, 4, 0.4, 0.5, 0.4, 0.6, 0.1, 0.01, 12);
  }

  private static ChannelRow channel(String what, int number, int rank) {
    return new ChannelRow("pool1", what, number, 16, rank, of(0.9), 0.95, 0.9, 1, 6);
  }

  private List<Figure> figures(String experiment, Exhibit shown) throws IOException {
    return new ExperimentFigures(ReportFolder.open(folder), experiment).all(List.of(shown));
  }

  private List<List<String>> table(String experiment, Exhibit shown) throws IOException {
    List<DataTable> tables =
        new ExperimentTables(ReportFolder.open(folder), experiment).all(List.of(shown));
    assertEquals(1, tables.size());
    return tables.get(0).rows();
  }

  @Test
  void sharesAndContrastsAreFigures() throws IOException {
    List<Figure> figures = figures("place-parts", Exhibit.PARTS);
    assertEquals(2, figures.size());
    assertEquals("model-a/place-parts/part_shares.csv", figures.get(0).csv());
    assertEquals("model-a/place-parts/parts.csv", figures.get(1).csv());
  }

  @Test
  void theSharesStandOnTheFirstScreen() throws IOException {
    Overview overview =
        OverviewCards.of(
            ReportFolder.open(folder), List.of(new org.whisker.explain.Answer(List.of())));
    assertTrue(
        overview.figures().stream()
            .anyMatch(figure -> "model-a/place-parts/part_shares.csv".equals(figure.csv())));
  }

  @Test
  void placesAreATable() throws IOException {
    List<String> row = table("place-parts", Exhibit.PART_PLACES).get(0);
    assertEquals("padding of a side", row.get(1));
    assertEquals("top", row.get(2));
  }

  @Test
  void carriersAreMatricesOfRingsAndOfAllOuterRings() throws IOException {
    List<Figure> figures = figures("carriers", Exhibit.CARRIERS);
    assertEquals(1, figures.size());
    assertEquals(2, figures.get(0).panels().size());
  }

  @Test
  void onlyTheFirstChannelsAreListed() throws IOException {
    List<List<String>> rows = table("carriers", Exhibit.CARRIER_CHANNELS);
    assertEquals(3, rows.size());
    assertEquals("the first 5 of 16", rows.get(0).get(2));
    assertEquals("5 of 16 at random", rows.get(1).get(2));
    assertEquals("number 9 alone", rows.get(2).get(2));
  }
}
