package org.whisker.feature.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.whisker.classifier.ModelCard;
import org.whisker.cli.TinyModels;
import org.whisker.command.CommandFixture;
import org.whisker.feature.models.ModelsCommand;
import org.whisker.io.Csv;
import org.whisker.io.Csv.CsvRow;
import org.whisker.io.Decimals;

class EvaluateCommandTest extends CommandFixture {
  private static final String FOLDER = "analyses/evaluate-tiny-20261125-101500";

  private int evaluate(String... more) {
    String[] args = new String[3 + more.length];
    args[0] = "evaluate";
    args[1] = "--model=tiny";
    args[2] = "--device=cpu";
    System.arraycopy(more, 0, args, 3, more.length);
    return test.run(EvaluateCommand::new, args);
  }

  @Test
  void writesTablesChartsAndManifest() throws IOException {
    ModelCard card = TinyModels.save(home, "tiny");
    TinyModels.photos(home.resolve("photos/test"), 4);
    Files.writeString(home.resolve("photos/test/cat/broken_1.png"), "no png");
    assertEquals(0, evaluate("--data=" + home.resolve("photos")), test.err());
    assertTrue(test.err().contains("1 of 9 photos can't be read"), test.err());

    Path folder = home.resolve(FOLDER);
    List<CsvRow> predictions = Csv.rows(folder.resolve("predictions.csv"));
    assertEquals(8, predictions.size());
    double right = 0;
    for (CsvRow row : predictions) {
      boolean cat = row.number("p_target") > 0.5;
      right += cat == row.text("label").equals("target") ? 1 : 0;
      assertTrue(List.of("web", "lab").contains(row.text("origin")), row.toString());
    }
    CsvRow summary = Csv.rows(folder.resolve("summary.csv")).get(0);
    assertEquals(right / 8, summary.number("accuracy"));
    assertEquals(8, summary.integer("photos"));
    assertTrue(summary.number("accuracy_ci_low") <= right / 8);
    assertTrue(summary.number("accuracy_ci_high") > summary.number("accuracy_ci_low"));
    assertTrue(summary.number("recall_target_ci_high") <= 1);
    assertTrue(test.out().contains("(95 % interval)"), test.out());
    assertTrue(summary.number("ece") >= 0 && summary.number("roc_auc") <= 1);
    List<CsvRow> origins = Csv.rows(folder.resolve("by_origin.csv"));
    assertEquals(2, origins.size());
    assertEquals(4, origins.get(0).integer("photos"));
    assertEquals(10, Csv.rows(folder.resolve("calibration.csv")).size());
    List<CsvRow> confusion = Csv.rows(folder.resolve("confusion.csv"));
    assertEquals(
        4, confusion.get(1).integer("as_target") + confusion.get(1).integer("as_not_target"));
    for (String chart : List.of("calibration", "confusion", "roc")) {
      assertTrue(ImageIO.read(folder.resolve(chart + ".png").toFile()).getWidth() > 100);
    }
    JsonNode manifest = new ObjectMapper().readTree(folder.resolve("manifest.json").toFile());
    assertEquals("evaluate", manifest.get("command").asText());
    assertEquals(card.weights().sha256(), manifest.at("/model/sha256").asText());
    assertEquals("cpu", manifest.get("device").asText());
    assertEquals(4, manifest.at("/photos/target").asInt());
    assertEquals(1, manifest.at("/photos/unreadable").asInt());
    assertTrue(manifest.at("/versions/engine").asText().startsWith("PyTorch "));
    assertTrue(test.out().contains("photos             8        (95 % interval)\n"), test.out());
  }

  @Test
  void whatWasMeasuredStandsBesideTheModel() throws IOException {
    TinyModels.save(home, "tiny");
    TinyModels.photos(home.resolve("photos/test"), 4);
    Files.createDirectories(home.resolve("analyses/damaged"));
    Files.writeString(home.resolve("analyses/damaged/manifest.json"), "{");
    assertEquals(0, test.run(ModelsCommand::new, "models", "show", "tiny"), test.err());
    assertFalse(test.out().contains("evaluated  "), test.out());
    assertEquals(0, evaluate("--data=" + home.resolve("photos")), test.err());
    assertEquals(0, test.run(ModelsCommand::new, "models", "show", "tiny"), test.err());
    String accuracy =
        Decimals.percent(
            Csv.rows(home.resolve(FOLDER).resolve("summary.csv")).get(0).number("accuracy"));
    assertTrue(test.out().contains("evaluated"), test.out());
    assertTrue(test.out().contains(" " + accuracy + " ("), test.out());
    assertTrue(test.out().contains(FOLDER), test.out());
  }

  @Test
  void otherWeightsUnderTheSameNameWereNotMeasured() throws IOException {
    TinyModels.save(home, "tiny");
    TinyModels.photos(home.resolve("photos/test"), 2);
    assertEquals(0, evaluate("--data=" + home.resolve("photos")), test.err());
    Path manifest = home.resolve(FOLDER).resolve("manifest.json");
    String text = Files.readString(manifest).replaceAll("\"sha256\" : \"..", "\"sha256\" : \"zz");
    Files.writeString(manifest, text);
    assertEquals(0, test.run(ModelsCommand::new, "models", "show", "tiny"), test.err());
    assertFalse(test.out().contains("evaluated  "), test.out());
  }

  @Test
  void takesAFolderOfPhotosOrANamedSplit() throws IOException {
    TinyModels.save(home, "tiny");
    TinyModels.photos(home.resolve("photos/val"), 2);
    Path data = home.resolve("photos");
    assertEquals(0, evaluate("--data=" + data.resolve("val"), "--quiet"), test.err());
    Path out = home.resolve("out");
    assertEquals(0, evaluate("--data=" + data, "--split=val", "--out=" + out, "--quiet"));
    assertEquals(4, Csv.rows(out.resolve("predictions.csv")).size());
    assertEquals("", test.err());
    assertEquals(1, evaluate("--data=" + data));
    assertTrue(test.err().contains(data.resolve("test") + " not found"), test.err());
    assertEquals(2, evaluate("--data=" + data, "--split=val", "--out=" + out));
    assertTrue(test.err().contains("is not empty"), test.err());
  }
}
