package org.whisker.classifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.classifier.ModelCard.WeightsFile;
import org.whisker.weights.DType;
import org.whisker.weights.Weights;
import org.whisker.weights.Weights.Tensor;

class ModelStoreTest {
  private static final Weights WEIGHTS =
      Weights.of(Map.of("classif.bias", Tensor.of(List.of(2), 0.5f, -3)));

  private static final ClassNames NAMELESS = new ClassNames(List.of());

  @TempDir Path folder;

  private ModelStore store() {
    return new ModelStore(folder.resolve("models"));
  }

  private static String refusal(Executable call) {
    String message = String.valueOf(assertThrows(IOException.class, call).getMessage());
    assertFalse(message.contains("\n"), message);
    return message;
  }

  private static void contains(String text, String part) {
    assertTrue(text.contains(part), text);
  }

  @Test
  void opensWhatItSaved() throws Exception {
    ModelCard saved = store().save(ModelCards.mini("a-mini"), WEIGHTS, DType.F16);
    Path file = folder.resolve("models/a-mini/weights.safetensors");
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    assertEquals(
        new WeightsFile("weights.safetensors", DType.F16, HexFormat.of().formatHex(hash)),
        saved.weights());
    StoredModel opened = store().open("a-mini");
    assertEquals(saved, opened.card());
    assertEquals(saved, store().card("a-mini"));
    assertEquals(WEIGHTS.floats("classif.bias"), opened.weights().floats("classif.bias"));
    assertEquals(saved.weights().sha256(), store().open("a-mini").card().weights().sha256());
    assertEquals(saved, new ModelStore(folder).card(folder.resolve("models/a-mini").toString()));
  }

  @Test
  void listsModelsByName() throws IOException {
    assertEquals(List.of(), store().list());
    store().save(ModelCards.mini("b"), WEIGHTS, DType.F32);
    store().save(ModelCards.mini("a"), WEIGHTS, DType.F32);
    Files.createDirectories(folder.resolve("models/empty"));
    assertEquals(List.of("a", "b"), store().list());
    contains(refusal(() -> store().open("c")), "there are a, b");
  }

  @Test
  void savingAgainReplacesTheModelAndKeepsOtherFiles() throws IOException {
    store().save(ModelCards.mini("a"), WEIGHTS, DType.F32);
    Path csv = Files.writeString(folder.resolve("models/a/training.csv"), "epoch\n");
    Weights other = Weights.of(Map.of("classif.bias", Tensor.of(List.of(1), 9)));
    store().save(ModelCards.mini("a"), other, DType.F32);
    assertEquals(List.of(1), store().open("a").weights().shape("classif.bias"));
    try (Stream<Path> files = Files.list(folder.resolve("models/a"))) {
      assertEquals(3, files.count());
    }
    assertTrue(Files.exists(csv));
    try (Stream<Path> files = Files.list(folder.resolve("models"))) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void aFailedSaveLeavesTheOldModel() throws IOException {
    ModelCard saved = store().save(ModelCards.mini("a"), WEIGHTS, DType.F32);
    Weights bad = Weights.of(Map.of("classif.bias", Tensor.of(List.of(1), Float.NaN)));
    contains(refusal(() -> store().save(ModelCards.mini("a"), bad, DType.F32)), "classif.bias");
    String other = refusal(() -> store().save(ModelCards.mini("b"), bad, DType.F32));
    contains(other, folder.resolve("models/b/weights.safetensors") + " was not written");
    contains(other, "classif.bias");
    assertEquals(saved, store().open("a").card());
    assertEquals(List.of("a"), store().list());
    try (Stream<Path> files = Files.list(folder.resolve("models"))) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void noneOfManyImportsAtATimeLosesItsTrust() throws Exception {
    List<String> hashes = IntStream.range(0, 200).mapToObj(i -> "%064x".formatted(i)).toList();
    ExecutorService imports = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> all = new ArrayList<>();
      for (String each : hashes) {
        all.add(
            () -> {
              store().trust(each);
              return true;
            });
      }
      for (Future<Boolean> each : imports.invokeAll(all)) {
        assertTrue(each.get());
      }
    } finally {
      imports.shutdown();
    }
    Path file = folder.resolve("models").resolve(ModelStore.TRUSTED);
    // who reads while another's line is half written begins a new one, which leaves an empty line
    List<String> lines =
        Files.readAllLines(file).stream().filter(line -> !line.isEmpty()).sorted().toList();
    assertEquals(hashes, lines);
    long size = Files.size(file);
    store().trust(hashes.get(7));
    assertEquals(size, Files.size(file));
  }

  @Test
  void aLineThatWasCutShortDoesNotSpoilTheNext() throws IOException {
    Path file = Files.createDirectories(folder.resolve("models")).resolve(ModelStore.TRUSTED);
    Files.writeString(file, "0123\n45");
    store().trust("6789");
    assertEquals(List.of("0123", "45", "6789"), Files.readAllLines(file));
  }

  @Test
  void aChangedByteIsNoticed() throws IOException {
    ModelCard saved = store().save(ModelCards.mini("a"), WEIGHTS, DType.F32);
    Path file = folder.resolve("models/a/weights.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
    for (Executable call : List.<Executable>of(() -> store().open("a"))) {
      String message = refusal(call);
      contains(message, file.toString());
      contains(message, saved.weights().sha256().substring(0, 12) + "…");
      contains(message, "train the model again");
    }
    assertEquals(saved, store().card("a"));
  }

  @Test
  void missingPiecesAreNamed() throws IOException {
    contains(refusal(() -> store().card("a")), "there is none under");
    contains(refusal(() -> store().card("a.onnx")), "there is no file a.onnx");
    store().save(ModelCards.mini("a"), WEIGHTS, DType.F32);
    Files.delete(folder.resolve("models/a/weights.safetensors"));
    contains(refusal(() -> store().open("a")), "weights.safetensors is missing");
    contains(refusal(() -> store().card("a@dog")), "another class can't be asked for");
    Path card = folder.resolve("models/a/model.json");
    Files.writeString(card, ModelCardJson.write(ModelCards.mini("a")));
    contains(refusal(() -> store().open("a")), "has no sha256");
    Files.writeString(card, "{");
    contains(refusal(() -> store().card("a")), "model.json is damaged");
    Files.write(card, new byte[] {(byte) 0xFF});
    contains(refusal(() -> store().card("a")), "model.json cannot be read");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", ".", ".hidden", "a..b", "a b", "ü", "-x", "a\u0000"})
  void namesThatAreNoFoldersAreRefused(String name) {
    assertThrows(IllegalArgumentException.class, () -> store().open(name));
    assertThrows(IllegalArgumentException.class, () -> ModelCards.mini(name));
  }

  @Test
  void aCardsNameAndFileStayInsideTheFolder() {
    assertThrows(IllegalArgumentException.class, () -> ModelCards.mini("a/b"));
    assertThrows(
        IllegalArgumentException.class,
        () -> new WeightsFile("../weights.safetensors", DType.F32, ""));
  }

  @Test
  void ofTwoThatAreCreatedTheFirstStays() throws IOException {
    ModelCard first = store().create(ModelCards.mini("a"), WEIGHTS, DType.F32, NAMELESS);
    contains(
        refusal(() -> store().create(ModelCards.mini("a"), WEIGHTS, DType.F16, NAMELESS)),
        "has become a model meanwhile; take another name");
    assertEquals(first, store().open("a").card());
    Path notes = Files.createDirectories(folder.resolve("models/b")).resolve("notes.txt");
    Files.writeString(notes, "mine");
    ModelCard beside = store().create(ModelCards.mini("b"), WEIGHTS, DType.F32, NAMELESS);
    assertEquals(beside, store().open("b").card());
    assertEquals("mine", Files.readString(notes));
    try (Stream<Path> all = Files.list(folder.resolve("models"))) {
      assertEquals(2, all.count(), "something is left");
    }
  }
}
