package org.whisker.saliency.result;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whisker.io.Csv;
import org.whisker.io.Csv.CsvRow;
import org.whisker.io.Manifest;
import org.whisker.io.Npy;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.Attribution.Diagnostic;
import org.whisker.saliency.method.InputGradient;
import org.whisker.saliency.method.LeaveOneOutMethod;
import org.whisker.saliency.method.OcclusionMethod;
import org.whisker.saliency.result.SaliencyFiles.ProfileRow;
import org.whisker.saliency.result.SaliencyFiles.SavedAttribution;
import org.whisker.saliency.result.SaliencyFolder.FolderMap;
import org.whisker.saliency.result.SaliencyFolder.PictureMap.MapMeaning;

class SaliencyFilesTest {
  @TempDir Path folder;

  @Test
  void aMapComesBackWithItsOwnSign() throws IOException {
    ExplainedMap of = MadeMaps.explained(MadeMaps.photo("a"), LeaveOneOutMethod.METHOD);
    SaliencyFiles.write(folder, of, false);
    double[] values = Npy.read(folder.resolve("leave-one-out.npy")).values();
    List<CsvRow> rows = Csv.rows(folder.resolve("leave-one-out.csv"));
    assertEquals(values.length, rows.size());
    for (int i = 0; i < values.length; i++) {
      assertEquals(of.map().at(i), values[i]);
      assertEquals(of.map().at(i), (float) rows.get(i).number("delta_logit"));
    }
    assertEquals(11, rows.get(11).integer("x"));
    assertEquals(1, rows.get(12).integer("y"));
  }

  @Test
  void aMapOfAnotherClassNamesNoCat() throws IOException {
    ExplainedMap of = MadeMaps.explained(MadeMaps.photo("a"), LeaveOneOutMethod.METHOD);
    SaliencyFiles.write(folder, of, false);
    SavedAttribution saved = new SavedAttribution(folder, "leave-one-out");
    saved.write(of.attribution(), Map.of());
    Path file = folder.resolve("leave-one-out.json");
    String cat = Files.readString(file);
    Files.writeString(
        Manifest.file(folder),
        "{\"format\": 1, \"model\": {\"name\": \"net\", \"sha256\": \"ab\", \"class\": \"dog\"}}");
    Attribution before = saved.read(LeaveOneOutMethod.METHOD).orElseThrow();
    saved.write(of.attribution(), Map.of());
    assertEquals(cat.replace("NOT_CAT", "NOT_TARGET"), Files.readString(file));
    assertTrue(cat.contains("CONTENT_TOWARDS_NOT_TARGET"), cat);
    Attribution now = saved.read(LeaveOneOutMethod.METHOD).orElseThrow();
    assertEquals(before.map(), now.map());
    assertEquals(of.map(), now.map());
  }

  @Test
  void theProfileHasTheNullBesideIt() throws IOException {
    ExplainedMap of = MadeMaps.explained(MadeMaps.photo("a"), OcclusionMethod.METHOD);
    SaliencyFiles.write(folder, of, false);
    List<CsvRow> rows = Csv.rows(folder.resolve("occlusion-profile.csv"));
    assertEquals(of.profile().bands().size(), rows.size());
    int pixels = 0;
    for (CsvRow row : rows) {
      pixels += (int) row.integer("pixels");
      assertTrue(row.number("null_low") <= row.number("null_high"));
    }
    assertEquals(MadeMaps.CANVAS.pixels(), pixels);
    assertEquals(9, Npy.read(folder.resolve("occlusion-coverage.npy")).values()[pixels - 1]);
  }

  @Test
  void theSummaryLeavesEmptyWhatAMethodDoesNotSay() throws IOException {
    ExplainedMap.Picture picture = MadeMaps.photo("a, b");
    SaliencyFiles.summary(
        folder,
        List.of(
            SaliencyRow.of(MadeMaps.explained(picture, OcclusionMethod.METHOD)),
            SaliencyRow.of(
                MadeMaps.explained(
                    picture, InputGradient.METHOD, MadeMaps.zero(InputGradient.METHOD)))));
    List<CsvRow> rows = Csv.rows(folder.resolve("summary.csv"));
    assertEquals("a, b", rows.get(0).text("image"));
    assertEquals(12, rows.get(0).number("windows"));
    assertEquals(7, rows.get(0).number("scored"));
    assertEquals("", rows.get(0).text("completeness_error"));
    assertEquals("0", rows.get(0).text("zero"));
    assertEquals("1", rows.get(1).text("zero"));
    assertEquals("", rows.get(1).text("edge_index"));
    assertEquals("", rows.get(1).text("rho_edge_rank"));
    assertEquals("", rows.get(1).text("windows"));
    assertEquals(0, rows.get(1).number("largest_absolute"));
    assertEquals(2, rows.get(0).number("largest_absolute"), 1e-6);
  }

  @ParameterizedTest
  @CsvSource({
    "logits,delta_logit",
    "logits per black-to-white step,logits_per_black_to_white_step",
    "(logits per black-to-white step)²,squared_logits_per_black_to_white_step",
    "share shown,share_shown"
  })
  void theUnitIsTheColumn(String unit, String column) {
    assertEquals(column, SaliencyFiles.column(unit));
  }

  @Test
  void tablesHaveTheirColumns() {
    assertEquals(
        "image,file,method,settings,unit,sign,width,height,resized,logit,p_target,zero,mean_absolute,"
            + "largest_absolute,edge_index,p_edge_index,border_relative,rho_edge_rank,p_edge_rank,"
            + "shifts,"
            + Arrays.stream(Diagnostic.values())
                .map(Diagnostic::column)
                .collect(Collectors.joining(",")),
        String.join(",", SaliencyRow.TABLE.header()));
    assertEquals(
        "u_from,u_to,px_nearest,px_farthest,pixels,mean_absolute,relative,null_low,null_high,p",
        String.join(",", ProfileRow.TABLE.header()));
  }

  /** Charts are written into the folders of pictures, which a manifest names. */
  @Test
  void noPictureLiesElsewhere() throws IOException {
    Manifest.write(
        folder, Map.of("images", List.of(Map.of("name", "a", "folder", "images/../../elsewhere"))));
    SaliencyFiles.summary(folder, List.of());
    IOException e = assertThrows(IOException.class, () -> SaliencyFolder.read(folder));
    assertTrue(String.valueOf(e.getMessage()).contains("'images/../../elsewhere'"), e.getMessage());
  }

  @Test
  void aFolderComesBack() throws IOException {
    ExplainedMap.Picture picture = MadeMaps.photo("a");
    List<ExplainedMap> maps =
        List.of(
            MadeMaps.explained(picture, OcclusionMethod.METHOD),
            MadeMaps.explained(picture, InputGradient.METHOD, MadeMaps.zero(InputGradient.METHOD)));
    SaliencyFolder read = MadeMaps.folder(folder, "m", maps);
    assertEquals("m", read.model());
    assertEquals(List.of("gradient", "occlusion"), read.methods());
    assertEquals("p(target) 0.620", read.pictures().get(0).score());
    FolderMap occlusion = read.of("occlusion").get(0);
    assertArrayEquals(maps.get(0).map().values(), occlusion.map().values());
    assertEquals(SaliencyRow.of(maps.get(0)), occlusion.row());
    assertEquals(ProfileRow.of(maps.get(0).profile()), occlusion.profile());
    assertEquals(MapMeaning.STRENGTH, occlusion.companions().get(0).map().meaning());
    assertTrue(read.of("gradient").get(0).row().zero());
    assertEquals(OptionalDouble.empty(), read.of("gradient").get(0).row().diagnosed().windows());
  }
}
