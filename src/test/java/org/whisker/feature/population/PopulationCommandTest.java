package org.whisker.feature.population;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelStore;
import org.whisker.cli.Folders;
import org.whisker.cli.TinyModels;
import org.whisker.command.InterruptedRun;
import org.whisker.command.TestEnvironment;
import org.whisker.feature.population.PopulationTables.AssociationRow;
import org.whisker.feature.population.PopulationTables.ClimbLevelRow;
import org.whisker.feature.population.PopulationTables.PopulationRunRow;

class PopulationCommandTest {
  private static final int NETWORKS = 4;

  @TempDir Path home;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private TestEnvironment test = new TestEnvironment(Path.of(""));

  @BeforeEach
  void photos() throws IOException {
    test = new TestEnvironment(home);
    TinyModels.photos(home.resolve("photos/train"), 16);
    TinyModels.photos(home.resolve("photos/val"), 2);
    TinyModels.photos(home.resolve("photos/test"), 4);
  }

  private String[] args(Path out, String... more) {
    List<String> args = new ArrayList<>(List.of("population", "--device=cpu", "--arch=vgg16"));
    args.addAll(List.of("--data=" + home.resolve("photos"), "--size=32", "--width=0.0625"));
    args.addAll(List.of("--epochs=1", "--runs=2", "--generations=30", "--out=" + out));
    args.addAll(List.of(more));
    if (args.stream().noneMatch(arg -> arg.startsWith("--networks"))) {
      args.add("--networks=" + NETWORKS);
    }
    return args.toArray(String[]::new);
  }

  private int population(String... args) {
    return test.run(PopulationCommand::new, args);
  }

  @Test
  void aRowPerNetworkAndRun() throws IOException {
    Path out = home.resolve("out");
    assertEquals(0, population(args(out, "--research-only", "--quiet")), test.err());
    List<PopulationRow> networks = PopulationRow.TABLE.read(out.resolve(PopulationRow.FILE));
    assertEquals(
        List.of("zero", "reflect", "replicate", "circular"),
        networks.stream().map(PopulationRow::padding).toList());
    ModelStore store = new ModelStore(out.resolve("networks"));
    for (PopulationRow row : networks) {
      ModelCard card = store.open(row.network()).card();
      assertEquals(row.sha256(), card.weights().sha256());
      assertEquals(row.padding(), card.paddingLabel());
      assertTrue(Objects.requireNonNull(card.training()).researchOnly());
      assertEquals(2, row.runs());
      assertEquals(row.cats() / 2.0, row.success());
      assertTrue(row.whiteCatProbability() > 0 && row.whiteCatProbability() < 1);
    }
    List<PopulationRunRow> runs = PopulationRunRow.TABLE.read(out.resolve(PopulationRunRow.FILE));
    assertEquals(NETWORKS * 2, runs.size());
    assertEquals(
        NETWORKS * 2, runs.stream().map(PopulationRunRow::seed).distinct().count(), "own seeds");
    for (ClimbLevelRow row : ClimbLevelRow.TABLE.read(out.resolve(ClimbLevelRow.FILE))) {
      PopulationRow of =
          networks.stream()
              .filter(n -> n.network().equals(row.network()))
              .findFirst()
              .orElseThrow();
      assertTrue(row.catProbability() > of.whiteCatProbability());
    }
    List<AssociationRow> found = AssociationRow.TABLE.read(out.resolve(AssociationRow.FILE));
    assertFalse(found.isEmpty());
    // four networks can't tell
    assertTrue(found.stream().noneMatch(row -> row.verdict().equals("associated")));
    Set<String> files = Folders.names(out);
    assertTrue(
        files.contains("slope-vgg16.png") && files.contains("profiles-vgg16.svg"), files + "");
    assertTrue(files.contains("recipes-edge-index-vgg16.png"), files + "");
    assertTrue(test.out().contains("vgg16-02-reflect"), test.out());
  }

  @Test
  void stoppedInATrainingItEndsWithTheSameBytes() throws IOException {
    Path whole = home.resolve("whole");
    assertEquals(0, population(args(whole)), test.err());
    Path killed = home.resolve("killed");
    String[] begun = args(killed, "--verbose");
    String at = "vgg16-03-replicate-flattening-shifted: epoch 1";
    assertEquals(130, InterruptedRun.at(at, test, PopulationCommand::new, err, begun), test.err());
    assertEquals(2, PopulationRow.TABLE.read(killed.resolve(PopulationRow.FILE)).size());
    assertEquals(0, population("population", "--resume=" + killed, "--quiet"), test.err());
    same(whole, killed);
    // what was lost is made again
    Path run =
        Folders.files(killed).stream()
            .filter(f -> f.startsWith("runs") && f.toString().endsWith(".csv"))
            .findFirst()
            .orElseThrow();
    Files.delete(killed.resolve(run));
    begunAgain(killed);
    assertEquals(0, population("population", "--resume=" + killed, "--quiet"), test.err());
    same(whole, killed);
  }

  /** Killed when the network was saved, before its charts were drawn. */
  @Test
  void aTrainingThatDidNotEndIsGoneOnWith() throws IOException {
    Path whole = home.resolve("whole");
    assertEquals(0, population(args(whole, "--networks=1")), test.err());
    Path killed = home.resolve("killed");
    assertEquals(0, population(args(killed, "--networks=1")), test.err());
    ModelStore networks = new ModelStore(killed.resolve("networks"));
    String name = networks.list().get(0);
    Path work = Files.createDirectories(killed.resolve("networks/" + name + ".training"));
    Files.writeString(work.resolve("saving.txt"), networks.card(name).created().toString());
    Files.delete(killed.resolve("networks/" + name + "/training.svg"));
    Files.delete(killed.resolve("networks/" + name + "/COLUMNS.md"));
    begunAgain(killed);
    assertEquals(0, population("population", "--resume=" + killed, "--quiet"), test.err());
    same(whole, killed);
  }

  private static void begunAgain(Path folder) throws IOException {
    Path manifest = folder.resolve("manifest.json");
    String text = Files.readString(manifest);
    Files.writeString(manifest, text.replace("\"status\" : \"done\"", "\"status\" : \"running\""));
  }

  private static void same(Path whole, Path killed) throws IOException {
    assertEquals(Folders.files(whole), Folders.files(killed));
    for (Path file : Folders.files(whole)) {
      assertArrayEquals(
          Files.readAllBytes(whole.resolve(file)),
          Files.readAllBytes(killed.resolve(file)),
          file.toString());
    }
  }

  @Test
  void refusesWhatCantBe() throws IOException {
    Path out = home.resolve("out");
    assertEquals(2, population("population", "--out=" + out));
    assertTrue(test.err().contains("name photos by --data"), test.err());
    assertEquals(2, population(args(out, "--paddings=zero,mirror")));
    assertTrue(test.err().contains("padding is zero, reflect, replicate or circular"), test.err());
    assertEquals(2, population(args(out, "--target=1")));
    assertTrue(test.err().contains("--target must be between 0 and 1"), test.err());
    assertEquals(2, population(args(out, "--networks=0")));
    assertTrue(test.err().contains("--networks must be at least 1, was 0"), test.err());
    String[] small = {
      "population", "--data=" + home.resolve("photos"), "--size=64", "--out=" + out
    };
    assertEquals(2, population(small));
    assertTrue(test.err().contains("the input is too small"), test.err());
    assertFalse(Files.exists(out));
  }
}
