package org.whisker.feature.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.whisker.classifier.ModelCard;
import org.whisker.cli.Main;
import org.whisker.cli.TinyModels;
import org.whisker.command.CommandFixture;
import org.whisker.feature.boundary.BoundaryCommand;
import org.whisker.feature.evolve.EvolveCommand;
import org.whisker.feature.position.ProbeCommand;
import org.whisker.feature.saliency.SaliencyCommand;
import org.whisker.image.Canvas;
import org.whisker.image.ImageFiles;
import org.whisker.image.PlanarImage;
import org.whisker.image.Tone;
import org.whisker.io.FolderLock;
import org.whisker.torch.Modules;
import org.whisker.weights.DType;
import org.whisker.weights.Safetensors;
import org.whisker.weights.Weights;
import org.whisker.weights.Weights.Tensor;

class ImportCommandTest extends CommandFixture {
  private int models(String... args) {
    return command(ModelsCommand::new, List.of("models"), args);
  }

  private int importTiny(String name, String... more) {
    List<String> all = new ArrayList<>(List.of("import"));
    Path file = home.resolve("tiny-cnn.pt");
    all.add(Files.exists(file) ? file.toString() : Modules.tinyCnn(home).toString());
    all.addAll(List.of("--name", name, "--input", "3x32x32", "--output", "logits"));
    all.addAll(List.of(more));
    return models(all.toArray(String[]::new));
  }

  private List<String> hidden(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.startsWith(".") && !name.equals(".trusted-modules"))
          .toList();
    }
  }

  /** Two processes import one name: one does, the other says why not, and nothing is left. */
  @Test
  void ofTwoImportsOfOneNameOneIsMade() throws Exception {
    Path file = Modules.tinyCnn(home);
    List<Process> both = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      List<String> words =
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-XX:TieredStopAtLevel=1",
              "-Djava.awt.headless=true",
              "-Dai.djl.offline=true",
              "-Dwhisker.home=" + home,
              "-cp",
              System.getProperty("java.class.path"),
              Main.class.getName(),
              "models",
              "import",
              file.toString(),
              "--name=twice",
              "--input=3x32x32",
              "--output=logits",
              "--cat=2");
      both.add(
          new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectOutput(home.resolve("said" + i).toFile())
              .start());
    }
    List<Integer> codes = List.of(both.get(0).waitFor(), both.get(1).waitFor());
    String said = Files.readString(home.resolve("said0")) + Files.readString(home.resolve("said1"));
    assertEquals(1, codes.stream().filter(code -> code == 0).count(), codes + said);
    assertTrue(
        said.contains("is being written by another whisker")
            || said.contains("there is a model of that name"),
        said);
    assertEquals(List.of(), hidden(home.resolve("models")));
    run(ScoreCommand::new, "score", "--model", "twice", "white");
  }

  /** Killed when the model was there, before it had tidied up. */
  @Test
  void whatIsLeftOfAModelThatIsThereGoes() throws IOException {
    Path models = home.resolve("models");
    TinyModels.save(home, "cats");
    Files.createDirectories(models.resolve(".cats.999999999-1.part"));
    Path lock = Files.createDirectories(models.resolve(".cats.making"));
    FolderLock.run(lock, () -> assertEquals(2, importTiny("cats", "--cat", "2")));
    assertEquals(2, hidden(models).size(), "another process is at it");
    assertEquals(2, importTiny("cats", "--cat", "2"));
    assertTrue(test.err().contains("there is a model of that name"), test.err());
    assertEquals(List.of(), hidden(models));
  }

  /** A model and the names of its classes come together, or not at all. */
  @Test
  void aModelDoesNotComeWithoutItsNames() throws IOException {
    Path names = Files.writeString(home.resolve("names.txt"), "ant\nbee\ncat\ndog\nelk\n");
    Path models = home.resolve("models");
    Files.createDirectories(models.resolve("mine/classes.txt/notes"));
    assertEquals(1, importTiny("mine", "--cat", "2", "--classes", names.toString()));
    Path file = models.resolve("mine/classes.txt");
    assertTrue(test.err().contains(file + " could not be written"), test.err());
    assertFalse(Files.exists(models.resolve("mine/model.json")), "a model without names");
    assertEquals(List.of(), hidden(models));
  }

  /** What another process left is removed only by one that has the name for itself. */
  @Test
  void nothingIsRemovedWithoutTheLock() throws IOException {
    Path models = home.resolve("models");
    Path left = Files.createDirectories(models.resolve(".cats.999999999-1.part"));
    Path lock = Files.createDirectories(models.resolve(".cats.making"));
    FolderLock.run(lock, () -> assertEquals(1, importTiny("cats", "--cat", "2")));
    assertTrue(Files.exists(left) && test.err().contains("by another whisker"), test.err());
    assertEquals(0, importTiny("cats", "--cat", "2"), test.err());
    assertEquals(List.of(), hidden(models));
  }

  /** What a new network says of a picture is said by the names of its classes. */
  @Test
  void theHighestClassesHaveTheirNames() throws IOException {
    Path names = home.resolve("names.txt");
    Files.writeString(names, "ant\nbee\ncat\ndog\nelk\n");
    assertEquals(0, importTiny("named", "--class", "dog", "--classes", names.toString()));
    String white = test.out().lines().filter(line -> line.startsWith("white")).findFirst().get();
    assertTrue(white.matches("white +([a-z]{3}: [-0-9.]+(, )?){3} .*"), white);
  }

  @Test
  void anImportedModuleIsAModelLikeOthers() throws IOException {
    assertEquals(0, importTiny("tiny", "--cat", "4,2", "--mean", "0.5", "--std", "0.25,0.3,0.35"));
    String out = test.out();
    assertTrue(out.contains("logits of 5 classes, cat = classes 2,4\n"), out);
    assertTrue(out.contains("(colour - [0.5, 0.5, 0.5]) / [0.25, 0.3, 0.35]\n"), out);
    assertTrue(out.contains("\nwhite  "), out);
    assertTrue(out.contains("\na generated picture  "), out);
    newEnvironment();
    assertEquals(0, importTiny("json", "--class", "dog=4,2", "--json"));
    JsonNode other = new ObjectMapper().readTree(test.out());
    assertEquals("json", other.get("name").asText());
    assertEquals("white", other.at("/pictures/0/picture").asText());
    assertEquals("dog", other.get("target").asText());
    assertTrue(other.at("/pictures/1/p_target").isNumber(), test.out());
    String dogs = home.resolve("dogs").toString();
    run(EvolveCommand::new, "evolve", "--model=json", "--runs=1", "--generations=1", "--out", dogs);
    assertTrue(test.err().contains(" p(target) 0."), test.err());
    assertEquals(0, models("list"));
    assertTrue(test.out().contains("\ntiny  torchscript   32x32  -           -  "), test.out());
    assertEquals(0, models("show", "tiny"));
    assertTrue(test.out().contains("a TorchScript module\n"), test.out());
    assertEquals(0, models("verify", "tiny"));
    assertTrue(test.out().contains("\nok tiny "), test.out());
    Path photo = home.resolve("photo.png");
    ImageFiles.writePng(photo, TinyModels.picture(32, 32, 0.4, 1));
    run(ScoreCommand::new, "score", "--model", "tiny", photo.toString());
    String evolved = home.resolve("evolved").toString();
    run(
        EvolveCommand::new,
        "evolve",
        "--model",
        "tiny",
        "--runs",
        "1",
        "--generations",
        "3",
        "--out",
        evolved);
    run(
        ProbeCommand::new,
        "probe",
        "--model",
        "tiny",
        "--block",
        "8",
        "--out",
        home.resolve("probe").toString());
    run(
        BoundaryCommand::new,
        "boundary",
        "margins",
        "--model",
        "tiny",
        photo.toString(),
        "--max-flips",
        "2",
        "--out",
        home.resolve("margins").toString());
    run(
        BoundaryCommand::new,
        "boundary",
        "transfer",
        evolved,
        "--models",
        "tiny",
        "--padding",
        "all",
        "--out",
        home.resolve("transfer").toString());
    assertTrue(test.err().contains("no other padding for tiny"), test.err());
    run(
        SaliencyCommand::new,
        "saliency",
        "--model",
        "tiny",
        "--image",
        photo.toString(),
        "--method",
        "quick",
        "--faithfulness",
        "--out",
        home.resolve("saliency").toString());
    assertTrue(test.err().contains("grad-cam needs layers"), test.err());
    assertFalse(Files.exists(home.resolve("saliency/images/photo/layers.csv")));
  }

  /** Its code would write a file: refused before it runs, on import and wherever it lies. */
  @Test
  void aModuleThatReachesFilesNeedsTrust() throws IOException {
    Path written = home.resolve("written");
    Path module =
        Modules.write(
            home, "y = torch.mean(x, [1, 2, 3], False)\ntorch.save(y, \"" + written + "\")\n");
    String[] words = {
      "import", module.toString(), "--name=reaching", "--input=1x8x8", "--output=logit", "--cat=0"
    };
    assertEquals(1, models(words));
    assertTrue(
        test.err().contains(module + " uses torch.save, which is not among the tensor operators"),
        test.err());
    assertTrue(test.err().contains("import it with --trust"), test.err());
    assertFalse(Files.exists(written));
    assertFalse(Files.exists(home.resolve("models/reaching")));
    List<String> trusted = new ArrayList<>(List.of(words));
    trusted.add("--trust");
    assertEquals(0, models(trusted.toArray(String[]::new)), test.err());
    assertTrue(Files.exists(written));
    Path photo = home.resolve("photo.png");
    ImageFiles.writePng(photo, TinyModels.picture(8, 8, 0.4, 1));
    String[] score = {"score", "--model=reaching", photo.toString()};
    assertEquals(0, test.run(ScoreCommand::new, score), test.err());
    Files.delete(
        home.resolve("models/.trusted-modules")); // as if somebody else had made the folder
    assertEquals(1, test.run(ScoreCommand::new, score));
    assertTrue(test.err().contains("uses torch.save"), test.err());
  }

  @Test
  void aModuleThatTakesTooLongIsGivenUp() {
    assertEquals(1, importTiny("slow", "--cat", "2", "--timeout", "0.0001"));
    assertTrue(test.err().contains("tiny-cnn.pt took longer than 1.0E-4 s"), test.err());
    assertTrue(test.err().contains("allow more with --timeout"), test.err());
    assertFalse(Files.exists(home.resolve("models/slow")));
    assertEquals(2, importTiny("slow", "--cat", "2", "--timeout", "0"));
    assertTrue(test.err().contains("--timeout must be above 0"), test.err());
  }

  @Test
  void whatNeedsLayersSaysSo() {
    assertEquals(0, importTiny("tiny", "--cat", "2", "--quiet"), test.err());
    assertEquals(1, test.run(NetworkCommand::new, "network", "show", "tiny"));
    assertTrue(
        test.err().startsWith("whisker: tiny is a TorchScript module, whose layers"), test.err());
    assertEquals(1, test.run(BenchCommand::new, "bench", "--model", "tiny"));
    assertEquals(
        1,
        test.run(
            ScoreCommand::new,
            "score",
            "--model",
            "tiny",
            "--precision",
            "bfloat16",
            home.resolve("x.png").toString()));
    assertTrue(test.err().contains("runs in float32 only"), test.err());
    assertEquals(3, test.err().lines().count(), test.err());
  }

  @Test
  void wrongUsage() {
    assertEquals(0, importTiny("tiny", "--cat", "2", "--quiet"), test.err());
    assertEquals(2, importTiny("tiny", "--cat", "2"));
    assertEquals(2, importTiny("a", "--cat", "5"));
    assertEquals(2, importTiny("a"));
    assertEquals(2, importTiny("a", "--cat", "0,1,2,3,4"));
    assertEquals(2, importTiny("../a", "--cat", "2"));
    assertEquals(2, importTiny("a", "--cat", "2", "--mean", "1,2"));
    assertEquals(2, importTiny("a", "--cat", "2", "--std", "0"));
    assertEquals(2, models("import", "x.pt", "--name", "a", "--output", "logit", "--cat", "0"));
    assertEquals(2, models("import", "--arch", "resnet", "x", "--name", "a"));
    String err = test.err();
    assertEquals(9, err.lines().count(), err);
    assertTrue(err.contains("--name tiny: there is a model of that name"), err);
    assertTrue(err.contains("--cat: class 5 is none of the 5 classes (0 to 4)"), err);
    assertTrue(err.contains("--cat is missing"), err);
    assertTrue(err.contains("--cat: all 5 classes are cat"), err);
    assertTrue(err.contains("mean and sd have 2 numbers for 3 channels"), err);
    assertTrue(err.contains("sd must be above 0: 0.0"), err);
    assertTrue(err.contains("--input is missing"), err);
    assertTrue(err.contains("there is no architecture 'resnet'"), err);
  }

  /** With one output, --cat 0 and --cat 1 are opposites, so no example may stand for both. */
  @Test
  void ofOneOutputItIsAskedWhatItIsHighFor() throws IOException {
    Path one =
        Modules.write(home, "y = torch.mean(torch.flatten(x, 1, -1), [1], True, dtype=None)");
    assertEquals(
        2,
        models(
            "import",
            one.toString(),
            "--name=a",
            "--input=1x8x8",
            "--output=logit",
            "--mean=0.5",
            "--quiet"));
    assertTrue(test.err().contains("--cat 1 if the one output is high for cats"), test.err());
    assertTrue(test.err().contains("--cat 0 if it is high for other images"), test.err());
  }

  /** No option makes a module of a state dict, so none may be asked for first. */
  @Test
  void aStateDictIsSaidToBeOneBeforeOptionsAreAskedFor() throws IOException {
    byte[] pickle = new byte[40];
    pickle[0] = (byte) 0x80;
    pickle[1] = 2;
    Path file = Files.write(home.resolve("weights.pth"), pickle);
    assertEquals(1, models("import", file.toString(), "--name", "a"));
    assertTrue(test.err().contains("weights.pth is a pickle"), test.err());
    assertTrue(test.err().contains("torch.onnx.export(model.eval()"), test.err());
  }

  @Test
  void whatTheNetworkSeesIsSaidAndNamesAreLookedUp() throws IOException {
    Path names = Files.writeString(home.resolve("n.txt"), "beagle\ntabby\nlynx\nfox\nowl\n");
    String classes = "--classes=" + names;
    assertEquals(2, importTiny("a", classes, "--class", "tabbi"));
    assertTrue(test.err().contains("is called 'tabbi' (like tabby?)"), test.err());
    assertEquals(0, importTiny("b", classes, "--class", "tabby"), test.err());
    assertTrue(test.out().contains("values of 0 (black) to 1 (white), not normalised"), test.out());
  }

  @Test
  void aBadModuleLeavesNothing() throws IOException {
    Path bad = Modules.write(home, "Tuple[Tensor, Tensor]", "y = (x, x)");
    assertEquals(
        1,
        models(
            "import",
            bad.toString(),
            "--name",
            "bad",
            "--input",
            "1x8x8",
            "--output",
            "logit",
            "--cat",
            "0"));
    assertTrue(test.err().contains("returns (Tensor, Tensor), not one tensor"), test.err());
    assertFalse(Files.exists(home.resolve("models/bad")));
  }

  @Test
  void weightsThatDoNotFitAreNamed() throws IOException {
    Map<String, Tensor> tensors = new HashMap<>();
    tensors.put("features.0.weight", Tensor.of(List.of(1, 1, 1, 1), 1));
    Path file = home.resolve("w.safetensors");
    Safetensors.write(file, Weights.of(tensors), Map.of(), DType.F32);
    assertEquals(1, models("import", "--arch", "vgg16", file.toString(), "--name", "v"));
    assertTrue(
        test.err().contains("tensor features.0.weight has shape [1, 1, 1, 1], the network needs"),
        test.err());
    assertFalse(Files.exists(home.resolve("models/v")));
  }

  @Test
  void aSingleOutputOfWeightsIsNotTurnedInSilence() throws IOException {
    Map<String, Tensor> tensors = new HashMap<>();
    tensors.put("classifier.1.weight", Tensor.of(List.of(1, 2), 1, 1));
    Path file = home.resolve("w.safetensors");
    Safetensors.write(file, Weights.of(tensors), Map.of(), DType.F32);
    for (String which : List.of("--cat=1", "--class=dog=1")) {
      assertEquals(
          2,
          models("import", "--arch", "mobilenet-v2", file.toString(), "--name", "v", which),
          test.err());
    }
    assertTrue(test.err().contains("is the logit of not being dog; name class 0"), test.err());
    assertEquals(2, models("import", file.toString(), "--name", "v", "--class", ":wolf"));
    assertTrue(test.err().contains("--class names a class before the colon"), test.err());
  }

  /** ImageNet's networks are trained on colours that were centred and scaled. */
  @Test
  void saysThatPhotosAreGrayAndThatPreprocessingMayBeMissing() throws IOException {
    assertEquals(0, importTiny("five", "--cat", "0"), test.err());
    String gray =
        "note: it is shown photos in colour, and a gray picture the same in all of its 3"
            + " channels\n";
    assertTrue(test.err().contains(gray), test.err());
    assertFalse(test.err().contains("--mean"), test.err());
    Path many =
        Modules.write(
            home,
            "y = torch.expand(torch.mean(torch.flatten(x, 1, -1), [1], True, dtype=None), [-1,"
                + " 1000])");
    assertEquals(0, importModule(many, "bare"), test.err());
    assertTrue(test.err().contains("mostly need --mean 0.485,0.456,0.406"), test.err());
    assertEquals(0, importModule(many, "scaled", "--mean", "0.5"), test.err());
    assertEquals(1, test.err().lines().filter(line -> line.contains("mostly need")).count());
  }

  @Test
  void aNetworkOfThreeChannelsIsTriedOnAPhotoInColour() throws IOException {
    Path photo = home.resolve("red.png");
    Canvas canvas = Canvas.square(8);
    ImageFiles.writePng(photo, new Tone(1, 0, 0).filled(canvas, PlanarImage.COLOURS));
    for (int planes : List.of(1, PlanarImage.COLOURS)) {
      ModelCard.Input input = new ModelCard.Input(planes, 8, 8);
      assertEquals(planes, ImportRequest.testPicture(Optional.of(photo), input).planes());
    }
  }

  private int importModule(Path file, String name, String... more) {
    List<String> all = new ArrayList<>(List.of("import", file.toString(), "--name", name));
    all.addAll(List.of("--input", "3x32x32", "--output", "logits", "--cat", "1"));
    all.addAll(List.of(more));
    return models(all.toArray(String[]::new));
  }
}
