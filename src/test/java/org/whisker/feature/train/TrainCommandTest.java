package org.whisker.feature.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelCard.Figures;
import org.whisker.classifier.ModelCard.TrainingRecord;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.cli.Main;
import org.whisker.cli.TinyModels;
import org.whisker.command.CommandFixture;
import org.whisker.command.Environment;
import org.whisker.command.InterruptedRun;
import org.whisker.command.Interrupts;
import org.whisker.image.Canvas;
import org.whisker.image.ImageFiles;
import org.whisker.image.PlanarImage;
import org.whisker.image.Tone;
import org.whisker.io.Csv;
import org.whisker.io.Csv.CsvRow;
import org.whisker.io.FolderLock;
import org.whisker.job.JobManifest;
import org.whisker.torch.Classifiers;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;

class TrainCommandTest extends CommandFixture {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void photos() throws IOException {
    for (String split : List.of("train", "val", "test")) {
      TinyModels.photos(home.resolve("photos").resolve(split), 4);
    }
  }

  /** A small training; {@code more} replaces options and adds others. */
  private String[] args(String name, String... more) {
    List<String> args = new ArrayList<>(List.of("--arch=vgg16", "--size=32", "--batch=4"));
    args.addAll(List.of("--head-width=8", "--pooled-size=1", "--epochs=3"));
    args.addAll(List.of("--precision=float32", "--averaging=0.5"));
    args.add("--data=" + home.resolve("photos"));
    args.add("--out=" + home.resolve("models").resolve(name));
    for (String option : more) {
      String key = option.replaceFirst("=.*", "=");
      args.removeIf(given -> given.startsWith(key));
    }
    args.add(0, "train");
    args.addAll(List.of(more));
    return args.toArray(String[]::new);
  }

  /** As the test environment, with Ctrl-C pressed when {@code at} is printed on standard error. */
  private int runInterrupted(String at, String... args) {
    return InterruptedRun.at(at, test, TrainCommand::new, err, args);
  }

  @Test
  void trainsWithAPooledHeadOnPhotosThatAreMoved() throws IOException {
    String[] args = args("pooled", "--head-width=0", "--shift=0.25", "--epochs=1");
    assertEquals(0, test.run(TrainCommand::new, args), test.err());
    ModelCard card = card("pooled");
    assertEquals(0, Objects.requireNonNull(card.architecture()).headWidth());
    assertEquals("0.25", Objects.requireNonNull(card.training()).options().get("shift"));
    assertNotNull(card.figures());

    assertEquals(2, test.run(TrainCommand::new, args("far", "--shift=0.6")));
    assertTrue(test.err().contains("shift must be from 0 to 0.5"), test.err());
  }

  /** A file that can't be removed: its training is done, and no other one finds its manifest. */
  @Test
  void aTrainingWhoseCheckpointsCanNotBeRemovedLeavesNoManifest() throws IOException {
    Path work = home.resolve("models/stuck.training");
    Files.createDirectories(work.resolve("features/stuck.safetensors/full.safetensors"));
    String[] args = args("stuck", "--epochs=1");
    assertEquals(1, test.run(TrainCommand::new, args), test.err());
    assertNotNull(card("stuck"));
    assertFalse(Files.exists(work), "the folder is made again");
  }

  @Test
  void trainsOnTheColoursOfPhotos() throws IOException {
    Canvas size = new Canvas(40, 36);
    for (String split : List.of("train", "val", "test")) {
      for (int i = 0; i < 4; i++) {
        String photo = split + "/%s/" + (i % 2 == 0 ? "web_" : "lab_") + i + ".png";
        Path cat = home.resolve("photos").resolve(photo.formatted("cat"));
        Path other = home.resolve("photos").resolve(photo.formatted("not_cat"));
        ImageFiles.writePng(cat, Tone.parse("#c83c0" + i).filled(size, 3));
        ImageFiles.writePng(other, Tone.parse("#0c3cc" + i).filled(size, 3));
      }
    }
    String[] args = args("colour", "--colour", "--epochs=1");
    assertEquals(0, test.run(TrainCommand::new, args), test.err());
    ModelCard card = card("colour");
    assertEquals(3, card.input().channels());
    assertEquals(3, card.planes());
    assertNotNull(card.figures());
    assertTrue(TrainArguments.of(card).orElseThrow().contains("--colour"));
    StoredModel model = new ModelStore(home.resolve("models")).open("colour");
    PlanarImage red = Tone.parse("#c83c00").filled(Canvas.square(32), 3);
    PlanarImage blue = Tone.parse("#0c3cc0").filled(Canvas.square(32), 3);
    try (Classifier classifier =
        Classifiers.openAny(model, TorchClassifier.Settings.cpu(Precision.FLOAT32))) {
      float[] logits = classifier.logits(List.of(red, blue));
      assertTrue(logits[0] < logits[1], "red is more of a cat than blue");
    }

    String[] more = args("more", "--init=" + home.resolve("models/colour"), "--epochs=1");
    List<String> tuned = new ArrayList<>(List.of(more));
    tuned.removeIf(arg -> arg.matches("--(arch|head-width|pooled-size)=.*"));
    tuned.add("--colour");
    assertEquals(0, test.run(TrainCommand::new, tuned.toArray(String[]::new)), test.err());
    assertEquals(3, card("more").planes());
  }

  @Test
  void oneProcessTrainsAModel() throws IOException {
    Path work = Files.createDirectories(home.resolve("models/one.training"));
    FolderLock.run(work, () -> assertEquals(1, test.run(TrainCommand::new, args("one"))));
    assertTrue(test.err().contains("is being written by another whisker"), test.err());
    assertEquals(0, test.run(TrainCommand::new, args("one", "--epochs=1")), test.err());
    assertFalse(Files.exists(work));
  }

  /** A process may end between the model and its tables, here for want of a place for them. */
  @Test
  void goesOnWithAModelWhoseTablesAreMissing() throws IOException {
    Path model = home.resolve("models/saved");
    Path work = home.resolve("models/saved.training");
    Path inTheWay = model.resolve("training.csv/folder");
    Files.createDirectories(inTheWay);
    assertEquals(1, test.run(TrainCommand::new, args("saved", "--epochs=1")), test.err());
    assertTrue(Files.exists(model.resolve("model.json")), test.err());
    Files.delete(inTheWay);
    Files.delete(inTheWay.getParent());
    String saving = Files.readString(work.resolve("saving.txt"));

    Files.writeString(work.resolve("saving.txt"), "2026-01-01T00:00:00Z"); // of another model
    assertEquals(2, test.run(TrainCommand::new, args("saved", "--epochs=1")));
    assertTrue(test.err().contains("is a model already"), test.err());

    Files.writeString(work.resolve("saving.txt"), saving);
    assertEquals(0, test.run(TrainCommand::new, args("saved", "--epochs=1")), test.err());
    assertTrue(Files.exists(model.resolve("training.csv")));
    assertFalse(Files.exists(work));
  }

  private ModelCard card(String name) throws IOException {
    return new ModelStore(home.resolve("models")).open(name).card();
  }

  @Test
  void trainsSavesAndEvaluates() throws IOException {
    Files.writeString(home.resolve("photos/train/cat/broken.png"), "no png");
    String[] args = args("new", "--note=noise", "--research-only", "--seed=5");
    assertEquals(0, test.run(TrainCommand::new, args), test.err());
    ModelCard card = card("new");
    TrainingRecord training = card.training();
    assertNotNull(training);
    assertEquals("noise", training.data());
    assertTrue(training.researchOnly());
    assertEquals(
        Map.of(
            "train/cat",
            4,
            "train/not_cat",
            4,
            "val/cat",
            4,
            "val/not_cat",
            4,
            "test/cat",
            4,
            "test/not_cat",
            4),
        training.photos());
    assertEquals(3, training.epochs());
    assertEquals(5, training.seed());
    assertEquals("0.45", training.options().get("crop-area"));
    assertEquals("float32", training.options().get("precision"));
    assertEquals(0.5f, card.preprocessing().mean().get(0), 0.05f);
    Figures figures = card.figures();
    assertNotNull(figures);
    assertEquals(8, figures.photos());
    assertEquals(List.of("lab", "web"), List.copyOf(figures.accuracyByOrigin().keySet()));

    Path folder = home.resolve("models/new");
    List<CsvRow> epochs = Csv.rows(folder.resolve("training.csv"));
    assertEquals(3, epochs.size());
    assertEquals(3, epochs.get(2).integer("epoch"));
    assertTrue(epochs.get(2).number("train_loss") > 0);
    assertTrue(ImageIO.read(folder.resolve("training.png").toFile()).getWidth() > 100);
    assertFalse(Files.exists(home.resolve("models/new.training")));
    assertTrue(test.err().contains("1 of 9 photos can't be read"), test.err());
    assertTrue(test.out().startsWith(folder + ": best epoch "), test.out());
    boolean told = test.out().contains("no better than chance on 8 test photos (recalls ");
    assertEquals(figures.isAtChance(), told, test.out());

    assertEquals(2, test.run(TrainCommand::new, args));
    assertTrue(test.err().contains("is a model already"), test.err());
  }

  @Test
  void goesOnAfterCtrlCToTheSameWeights() throws IOException {
    assertEquals(0, test.run(TrainCommand::new, args("whole")), test.err());
    assertEquals(130, runInterrupted("epoch 1: ", args("cut", "--verbose")));
    String said = err.toString(StandardCharsets.UTF_8);
    Path work = home.resolve("models/cut.training");
    assertTrue(
        said.contains("after epoch 1 of 3; the same command goes on from there (" + work), said);
    assertFalse(Files.exists(home.resolve("models/cut")));
    // as a process leaves it that was ended while it wrote a checkpoint, a table and the model
    long gone = 999_999_999_999L;
    Files.write(work.resolve(".checkpoint.safetensors." + gone + ".part"), new byte[9]);
    Files.write(work.resolve("epochs.csv.partial"), new byte[9]);
    Path built = Files.createDirectory(home.resolve("models/.cut." + gone + ".part"));
    Files.write(built.resolve("weights.safetensors"), new byte[9]);

    assertEquals(1, test.run(TrainCommand::new, args("cut", "--clip=1")));
    String refusal = test.err().lines().reduce("", (a, b) -> b);
    assertTrue(refusal.startsWith("whisker: " + work), refusal);
    assertTrue(refusal.contains("training with other options"), refusal);

    assertEquals(0, test.run(TrainCommand::new, args("cut")), test.err());
    assertEquals(card("whole").weights().sha256(), card("cut").weights().sha256());
    assertEquals(3, Csv.rows(home.resolve("models/cut/training.csv")).size());
    assertFalse(Files.exists(work), "its debris kept the folder");
    assertFalse(Files.exists(built));
  }

  /** By its manifest alone, wherever the folder lies now; then the manifest is the model's. */
  @Test
  void isResumedByItsManifestToTheSameWeights() throws IOException {
    assertEquals(0, test.run(TrainCommand::new, args("straight")), test.err());
    assertEquals(130, runInterrupted("epoch 1: ", args("cut", "--verbose")));
    Path begun = home.resolve("models/cut.training");
    assertEquals("stopped", status(begun));
    Path work = Files.move(begun, home.resolve("models/moved.training"));
    String folder = "--resume=" + work;
    assertEquals(2, test.run(TrainCommand::new, "train", folder, "--epochs=4"));
    assertTrue(test.err().contains("manifest; leave out --epochs=4"), test.err());
    assertEquals(0, test.run(TrainCommand::new, "train", folder, "--epochs=3"), test.err());
    assertEquals(card("straight").weights().sha256(), card("moved").weights().sha256());
    assertFalse(Files.exists(work));
    assertDone(home.resolve("models/moved"));
  }

  private void assertDone(Path model) throws IOException {
    JobManifest manifest = JobManifest.open(model, "train");
    assertTrue(manifest.isDone());
    assertEquals(List.of(), manifest.changed());
    assertEquals(card("moved").weights().sha256(), manifest.content().at("/model/sha256").asText());
    assertTrue(manifest.content().path("files").has("training.csv"), "hashes of its tables");
    assertTrue(manifest.arguments().contains("--head-width=8"));
    assertEquals(3, manifest.recorded(TrainJob.TrainConfig.class).regime().epochs());

    int told = test.out().length();
    String[] again = {"train", "--resume=" + model};
    assertEquals(0, test.run(TrainCommand::new, again), test.err());
    assertEquals(
        model + " is done; there is nothing left to do", test.out().substring(told).strip());
    told = test.out().length();
    assertEquals(0, test.run(TrainCommand::new, "train", "--resume=" + model, "--json"));
    JsonNode json = new ObjectMapper().readTree(test.out().substring(told));
    assertEquals(3, json.path("training").size());

    Files.writeString(model.resolve("training.csv"), "");
    assertEquals(2, test.run(TrainCommand::new, again)); // a model is replaced by --force alone
    assertTrue(test.err().contains("training.csv is empty"), test.err());
    assertTrue(test.err().contains("is a model already"), test.err());
  }

  private static String status(Path folder) throws IOException {
    return JobManifest.open(folder, "train").content().path("status").asText();
  }

  @Test
  void ctrlCInTheFirstEpochKeepsNothing() {
    Environment given = test.environment();
    // a signal as soon as the command listens
    Interrupts interrupts = new Interrupts(given.err(), Runnable::run, () -> {});
    Environment environment =
        new Environment(
            given.out(), given.err(), 0, given.home(), given.clock(), interrupts, given.charts());
    assertEquals(130, Main.run(args("early"), environment, List.of(TrainCommand::new)));
    assertTrue(test.err().endsWith("first epoch was done; nothing is kept\n"), test.err());
    assertFalse(Files.exists(home.resolve("models/early")));
  }

  @Test
  void wrongUsage() {
    assertEquals(2, test.run(TrainCommand::new, args("..")));
    assertEquals(2, test.run(TrainCommand::new, args("big", "--batch=64")));
    assertTrue(test.err().contains("more than the 8 training photos"), test.err());
    assertEquals(1, test.run(TrainCommand::new, args("gone", "--data=nowhere")));
    assertTrue(test.err().contains("not found"), test.err());
  }
}
