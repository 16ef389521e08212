package org.whisker.feature.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.command.CommandFixture;
import org.whisker.diagnosis.DiagnosedNetworks;
import org.whisker.diagnosis.Examination.Scene;
import org.whisker.feature.FolderCharts;
import org.whisker.feature.models.ModelsCommand;
import org.whisker.image.Canvas;
import org.whisker.image.ImageFiles;
import org.whisker.image.Raster;
import org.whisker.io.Csv;
import org.whisker.io.Csv.CsvTable;
import org.whisker.io.JsonFile;
import org.whisker.torch.Modules;
import org.whisker.weights.DType;

class DiagnoseCommandTest extends CommandFixture {
  @BeforeEach
  void environment() throws IOException {
    StoredModel cropping = DiagnosedNetworks.all().get(4).model();
    new ModelStore(home.resolve("models")).save(cropping.card(), cropping.weights(), DType.F32);
  }

  private int diagnose(String... more) {
    return command(DiagnoseCommand::new, List.of("diagnose", "--quiet"), more);
  }

  @Test
  void namesTheCauseAndFailsWhereAsked() throws IOException {
    Path out = home.resolve("why");
    int code =
        diagnose(
            "cropping",
            photos().toString(),
            "--device=cpu",
            "--pictures=12",
            "--fail-on=crop",
            "--out=" + out);
    assertEquals(3, code, test.err());
    assertTrue(test.out().contains("a crop that cuts the border away"), test.out());
    JsonNode json = JsonFile.read(out.resolve("diagnosis.json"));
    assertEquals("found", json.path("verdict").asText());
    assertEquals("crop", json.path("causes").path(0).asText());
    assertEquals(7, json.path("evidence").size());
    assertEquals(3, json.path("symptoms").size());
    assertEquals("none", json.path("evidence").path(0).path("verdict").asText(), json.toString());
    String page = Files.readString(out.resolve("index.html"));
    assertTrue(page.contains("a crop that cuts the border away"));
    assertTrue(page.contains("Maps by class"));
    assertTrue(page.contains("Nothing of these photos was cut away."));
    List<List<String>> classes = Csv.read(out.resolve("class-maps.csv")).rows();
    assertEquals(List.of("dog", "others"), classes.stream().map(row -> row.get(0)).toList());
    for (String file :
        List.of("causes.png", "shifts.png", "own-maps.png", "class-maps.png", "places.png")) {
      assertTrue(Files.exists(out.resolve(file)), file);
    }
    assertEquals(0, diagnose("--resume=" + out), test.err());
    assertEquals(3, diagnose("--resume=" + out, "--fail-on=any"), test.err());
    assertEquals(0, diagnose("--resume=" + out, "--fail-on=head"), test.err());
    assertEquals(2, diagnose("--resume=" + out, "--fail-on=haed"), test.err());
    anIntervalThatIsMissingIsOneLine(out);
  }

  /** Of a module only what needs no layers is tested: a gate on the head was not passed. */
  @Test
  void whatCouldNotBeTestedIsNoPass() throws IOException {
    assertEquals(
        0,
        test.run(
            ModelsCommand::new,
            "models",
            "import",
            Modules.tinyCnn(home).toString(),
            "--name=module",
            "--input=3x32x32",
            "--output=logits",
            "--class=dog=1"),
        test.err());
    Path out = home.resolve("module-why");
    int code = diagnose("module", "--device=cpu", "--pictures=8", "--fail-on=head", "--out=" + out);
    assertEquals(4, code, test.err());
    assertTrue(
        test.err().contains("head was not tested (the layers of a TorchScript module"), test.err());
    JsonNode json = JsonFile.read(out.resolve("diagnosis.json"));
    assertEquals("not tested", json.path("verdict").asText(), json.toString());
    assertEquals(
        List.of("mark", "uneven-padding", "head", "padding", "stride-phase"),
        texts(json.path("untested")));
    assertEquals(List.of(), texts(json.path("undecided")));
    assertEquals(4, diagnose("--resume=" + out, "--fail-on=mark,crop"), test.err());
    assertTrue(test.err().contains("mark was not tested (there are no photos)"), test.err());
    assertEquals(0, diagnose("--resume=" + out, "--fail-on=crop,missed-pixels"), test.err());
    assertEquals(4, diagnose("--resume=" + out, "--fail-on=any"), test.err());
    List<String> lines = test.err().lines().toList();
    String last = lines.get(lines.size() - 1);
    assertTrue(last.contains("head was not tested"), last);
    assertFalse(last.contains("mark was not tested"), last);
  }

  /** Photos of 48 by 32 pixels, of which the middle is shown. */
  @Test
  void whatACropOfThePhotosCutsAwayIsSaid() throws IOException {
    Path photos = home.resolve("wide");
    List<Raster> drawn = Scene.drawn(new Canvas(48, DiagnosedNetworks.SIDE), 16, 3);
    for (int i = 0; i < drawn.size(); i++) {
      Path folder = Files.createDirectories(photos.resolve(i % 2 == 0 ? "cat" : "horse"));
      ImageFiles.writePng(folder.resolve(i + ".png"), drawn.get(i));
    }
    Path out = home.resolve("wide-why");
    assertEquals(
        0,
        diagnose("cropping", photos.toString(), "--device=cpu", "--pictures=8", "--out=" + out),
        test.err());
    String said = "33 % of their pixels were cut away on average, at most 33 %";
    String json = JsonFile.read(out.resolve("diagnosis.json")).path("looked_at").asText();
    assertTrue(json.contains(said), json);
    assertTrue(json.startsWith("The network was looked at from its input of 32x32 pixels"), json);
    assertTrue(Files.readString(out.resolve("index.html")).contains(said));
  }

  @Test
  void thatPhotosWereEnlargedIsSaid() throws IOException {
    Path photos = Files.createDirectories(home.resolve("tiny"));
    List<Raster> drawn = Scene.drawn(Canvas.square(8), 8, 3);
    for (int i = 0; i < drawn.size(); i++) {
      ImageFiles.writePng(photos.resolve(i + ".png"), drawn.get(i));
    }
    Path out = home.resolve("tiny-why");
    assertEquals(
        0,
        diagnose("cropping", photos.toString(), "--device=cpu", "--pictures=8", "--out=" + out),
        test.err());
    String said = "8 of the photos, the smallest of 8x8, were enlarged to more than twice";
    String json = JsonFile.read(out.resolve("diagnosis.json")).path("looked_at").asText();
    assertTrue(json.contains(said), json);
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  private static void anIntervalThatIsMissingIsOneLine(Path out) throws IOException {
    Path file = out.resolve("causes.csv");
    CsvTable table = Csv.read(file);
    int low = table.header().indexOf("ci_low");
    List<List<String>> rows = new ArrayList<>();
    for (List<String> row : table.rows()) {
      List<String> changed = new ArrayList<>(row);
      changed.set(low, "");
      rows.add(changed);
    }
    Csv.write(file, new CsvTable(table.header(), rows));
    for (Executable drawing :
        List.<Executable>of(() -> DiagnosisPage.write(out), () -> FolderCharts.draw(out))) {
      String message = String.valueOf(assertThrows(IOException.class, drawing).getMessage());
      assertTrue(message.contains("has a table that can't be drawn"), message);
    }
  }

  /** Twelve of each class. */
  private Path photos() throws IOException {
    Path photos = home.resolve("photos");
    List<Raster> drawn = Scene.drawn(Canvas.square(DiagnosedNetworks.SIDE), 24, 3);
    for (int i = 0; i < drawn.size(); i++) {
      Path folder = photos.resolve(i % 2 == 0 ? "dog" : "others");
      Files.createDirectories(folder);
      ImageFiles.writePng(folder.resolve(i + ".png"), drawn.get(i));
    }
    return photos;
  }

  @Test
  void anUnknownCauseIsRefusedBeforeAnythingIsDone() {
    assertEquals(2, diagnose("cropping", "--fail-on=paddign"), test.err());
    assertTrue(test.err().contains("not paddign; any stands for all of them"), test.err());
    assertEquals(2, diagnose(), test.err());
  }

  @Test
  void photosAreAFolder() {
    assertEquals(1, diagnose("cropping", "white", "--device=cpu"), test.err());
    assertTrue(test.err().contains("white is no folder; name a folder of photos"), test.err());
  }

  @Test
  void aFileIsImportedFirst() throws IOException {
    Path file = Files.writeString(home.resolve("net.onnx"), "a network");
    assertEquals(1, diagnose(file.toString(), "--device=cpu"), test.err());
    assertTrue(test.err().contains("whisker models import " + file), test.err());
    assertEquals(1, diagnose("none.onnx", "--device=cpu"), test.err());
    assertTrue(test.err().contains("there is no file none.onnx"), test.err());
  }
}
