package org.whisker.feature.ablate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.whisker.command.CommandFixture;
import org.whisker.feature.models.ModelsCommand;
import org.whisker.io.Csv;
import org.whisker.io.Csv.CsvRow;

/**
 * A network, not a formula, in which zero padding is the cause: a convolution that counts black in
 * 3 × 3 pixels, padding included, beside one that counts each pixel; then a mean over positions.
 */
class PlantedNetworkTest extends CommandFixture {
  private static final Path FILE =
      Path.of("src/test/resources/planted/padding.onnx").toAbsolutePath();

  @BeforeEach
  void importIt() {
    List<String> args =
        List.of("models", "import", FILE.toString(), "--name=planted", "--output=logit", "--cat=1");
    assertEquals(0, test.run(ModelsCommand::new, args.toArray(String[]::new)), test.err());
  }

  @Test
  void zeroPaddingIsFoundToBeTheCause() throws IOException {
    Path out = home.resolve("out");
    String[] args = {
      "ablate",
      "padding",
      "--quiet",
      "--device=cpu",
      "--model=planted",
      "--preset=question",
      "--runs=8",
      "--generations=500",
      "--out=" + out
    };
    assertEquals(0, test.run(AblateCommand::new, args), test.err());
    int decided = 0;
    for (CsvRow row : Csv.rows(out.resolve("planted/padding/effect.csv"))) {
      if (row.text("decisive").equals("1")) {
        decided++;
        assertEquals("cause", row.text("verdict"), row.toString());
        assertTrue(row.number("control_mean") < 0.4, row.toString());
        assertTrue(row.number("treated_mean") > 0.4, row.toString());
      }
    }
    assertEquals(3, decided);
  }
}
