package org.whisker.feature.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.whisker.classifier.ModelCard;
import org.whisker.cli.TinyModels;
import org.whisker.command.CommandFixture;

class ModelsCommandTest extends CommandFixture {
  private int models(String... args) {
    String[] all = new String[args.length + 1];
    all[0] = "models";
    System.arraycopy(args, 0, all, 1, args.length);
    return test.run(ModelsCommand::new, all);
  }

  @Test
  void listsModelsInATable() throws IOException {
    TinyModels.save(home, "b");
    TinyModels.save(home, "a-longer");
    assertEquals(0, models("list"), test.err());
    assertEquals(
        """
        NAME      ARCHITECTURE  INPUT  PARAMETERS  TEST ACCURACY  p OF WHITE
        a-longer  vgg16         32x32  232,081     90.0 %         0.125
        b         vgg16         32x32  232,081     90.0 %         0.125
        """,
        test.out());
  }

  @Test
  void aDamagedCardHidesNoOther() throws IOException {
    TinyModels.save(home, "a");
    Files.createDirectories(home.resolve("models/b"));
    Files.writeString(home.resolve("models/b/model.json"), "{");
    assertEquals(1, models("list"));
    assertEquals(2, test.out().lines().count(), test.out());
    assertTrue(test.err().contains("b/model.json is damaged"), test.err());
    assertEquals(1, test.err().lines().count());
  }

  @Test
  void saysThatThereAreNone() {
    assertEquals(0, models("list"));
    assertEquals("", test.out());
    assertTrue(test.err().startsWith("no models under " + home.resolve("models")), test.err());
  }

  @Test
  void showsCardAndStages() throws IOException {
    ModelCard card = TinyModels.save(home, "a");
    assertEquals(0, models("show", "a"), test.err());
    String out = test.out();
    assertTrue(out.contains("sha256           " + card.weights().sha256()), out);
    assertTrue(out.contains("parameters       232,081\n"), out);
    assertTrue(out.contains("  web            90.0 %\n"), out);
    assertTrue(out.contains("input        1x32x32\n"), out);
    assertTrue(out.contains("features.43  64x1x1\n"), out);
    assertTrue(out.indexOf("features.6 ") < out.indexOf("features.13 "), out);
  }

  @Test
  void verifiesAllOrTheNamed() throws IOException {
    ModelCard card = TinyModels.save(home, "good");
    TinyModels.save(home, "bad");
    Path weights = home.resolve("models/bad/weights.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 1] ^= 1;
    Files.write(weights, bytes);
    assertEquals(0, models("verify", "good"));
    assertEquals("ok good " + card.weights().sha256() + "\n", test.out());
    assertEquals(1, models("verify"));
    assertTrue(test.out().contains("\nBAD bad " + weights + " is not the file"), test.out());
    assertEquals(3, test.out().lines().count(), test.out());
    assertEquals(1, models("verify", "none"));
    assertTrue(test.out().contains("BAD none no model at "), test.out());
  }

  @Test
  void wrongUsage() {
    assertEquals(2, models());
    assertEquals(2, models("show"));
    assertEquals(2, models("show", ".."));
    assertEquals(2, models("verify", ".x"));
    assertEquals(4, test.err().lines().count(), test.err());
    assertEquals(0, models("verify", "--help"));
    assertTrue(test.out().contains("whisker models verify vgg16-mini"), test.out());
  }
}
