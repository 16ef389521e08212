package org.whisker.feature.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelStore;
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
  void anEmptyHomeSaysWhatToDo() {
    models("list");
    assertTrue(test.err().contains("WHISKER_HOME"), test.err());
    assertEquals(1, models("show", "a"));
    assertTrue(test.err().contains("models fetch"), test.err());
  }

  @Test
  void aModelIsRenamedAndDeleted() throws IOException {
    ModelCard card = TinyModels.save(home, "a");
    TinyModels.save(home, "b");
    assertEquals(1, models("rename", "a", "b"), "a name that is taken");
    assertEquals(2, models("rename", "a", "../c"));
    assertEquals(0, models("rename", "a", "c"), test.err());
    assertEquals(0, models("verify", "c"), test.err());
    assertTrue(test.out().contains("ok c " + card.weights().sha256()), test.out());
    assertEquals("c", new ModelStore(home.resolve("models")).card("c").name());
    assertEquals(1, models("show", "a"), "the old name");
    assertEquals(1, models("delete", "c", "none"), "all or none");
    assertEquals(0, models("verify", "c"), test.err());
    Files.writeString(home.resolve("models/c/notes.txt"), "mine");
    assertEquals(0, models("delete", "c", "b"), test.err());
    assertTrue(test.out().contains("deleted b\n"), test.out());
    assertTrue(test.out().contains("deleted c; other files"), test.out());
    assertEquals("mine", Files.readString(home.resolve("models/c/notes.txt")));
    assertFalse(Files.exists(home.resolve("models/b")));
    assertEquals(1, models("show", "c"));
  }

  @Test
  void showsCardAndStages() throws IOException {
    ModelCard card = TinyModels.save(home, "a");
    assertEquals(0, models("show", "a"), test.err());
    String out = test.out();
    assertTrue(out.contains("sha256              " + card.weights().sha256()), out);
    assertTrue(out.contains("parameters          232,081\n"), out);
    assertTrue(out.contains("  web               90.0 %\n"), out);
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
