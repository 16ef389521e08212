package org.whisker.feature.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelCard.TrainingRecord;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.Networks;
import org.whisker.classifier.Output;
import org.whisker.cli.Main;
import org.whisker.cli.TinyModels;
import org.whisker.command.CommandFixture;
import org.whisker.command.Environment;
import org.whisker.command.InterruptedRun;
import org.whisker.command.Interrupts;
import org.whisker.feature.models.ModelsCommand;
import org.whisker.weights.DType;
import org.whisker.weights.FormulaWeights;

class TeachCommandTest extends CommandFixture {
  @BeforeEach
  void modelAndPhotos() throws IOException {
    save(TinyModels.card("base"), new ModelCard.Input(1, 48, 48), Output.NOT_CAT_LOGIT);
    for (String split : List.of("train", "val", "test")) {
      TinyModels.photos(home.resolve("photos").resolve(split), 4);
    }
  }

  private void save(ModelCard card, ModelCard.Input input, Output output) throws IOException {
    ModelCard other =
        new ModelCard(
            card.name(),
            card.architecture(),
            input,
            card.preprocessing(),
            output,
            card.padding(),
            card.training(),
            card.figures(),
            card.weights(),
            card.created(),
            card.whiskerVersion());
    new ModelStore(home.resolve("models"))
        .save(other, new FormulaWeights(Networks.of(other).parameters(), 7), DType.F32);
  }

  /** A small training by a teacher; {@code more} replaces options and adds others. */
  private String[] args(String name, String... more) {
    List<String> args = new ArrayList<>(List.of("train", "--arch=vgg16", "--size=32"));
    args.addAll(List.of("--teacher=base", "--views=2", "--batch=4", "--head-width=8"));
    args.addAll(List.of("--pooled-size=1", "--epochs=3", "--precision=float32"));
    args.addAll(List.of("--averaging=0.5", "--data=" + home.resolve("photos"), "--out=" + name));
    for (String option : more) {
      args.removeIf(given -> given.startsWith(option.replaceFirst("=.*", "=")));
    }
    args.addAll(List.of(more));
    args.removeIf(option -> option.endsWith("=-"));
    return args.toArray(String[]::new);
  }

  private ModelCard card(String name) throws IOException {
    return new ModelStore(home.resolve("models")).open(name).card();
  }

  private TrainingRecord record(String name) throws IOException {
    TrainingRecord training = card(name).training();
    assertNotNull(training);
    return training;
  }

  private void trained(String name, String... more) {
    assertEquals(0, test.run(TrainCommand::new, args(name, more)), test.err());
  }

  @Test
  void theCardSaysWhoTaughtAndHow() throws IOException {
    trained("taught", "--temperature=3", "--mixup=0.25");
    Map<String, String> options = record("taught").options();
    assertEquals("base", options.get("teacher"));
    assertEquals(card("base").weights().sha256(), options.get("teacher-sha256"));
    assertEquals("3.0", options.get("temperature"));
    assertEquals("0.25", options.get("mixup"));
    assertEquals("2", options.get("views"));
    assertEquals("0.0", options.get("label-smoothing"));
    assertFalse(Files.exists(home.resolve("models/taught.training")));
    assertEquals(0, test.run(ModelsCommand::new, "models", "show", "taught"), test.err());
    String base = "taught by +base, weights " + card("base").weights().sha256();
    assertTrue(test.out().lines().anyMatch(line -> line.matches(base)), test.out());
  }

  @Test
  void theCardsCommandMakesTheSameModel() throws IOException {
    trained("taught");
    List<String> words = TrainArguments.of(card("taught")).orElseThrow();
    assertFalse(words.contains("--label-smoothing"), words.toString());
    List<String> again = new ArrayList<>(List.of("train"));
    again.addAll(words);
    again.set(again.indexOf("photos"), home.resolve("photos").toString());
    again.set(again.indexOf("models/taught"), "again");
    assertEquals(0, test.run(TrainCommand::new, again.toArray(String[]::new)), test.err());
    assertEquals(card("taught").weights().sha256(), card("again").weights().sha256());
    trained("labels", "--teacher=-", "--views=-");
    assertNotEquals(card("taught").weights().sha256(), card("labels").weights().sha256());
  }

  @Test
  void stoppedWhileTheTeacherIsAtWorkItEndsTheSame() throws IOException {
    trained("whole");
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    assertEquals(
        130,
        InterruptedRun.at("epoch 1: ", test, TrainCommand::new, err, args("cut", "--verbose")));
    String said = err.toString(StandardCharsets.UTF_8);
    assertTrue(said.contains("after epoch 1 of 3; the same command goes on"), said);
    assertEquals(1, logits(home.resolve("models/cut.training/teacher")));
    trained("cut");
    assertEquals(card("whole").weights().sha256(), card("cut").weights().sha256());
    assertFalse(Files.exists(home.resolve("models/cut.training")));
  }

  private static long logits(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".safetensors")).count();
    }
  }

  @Test
  void aCacheIsSharedAndKept() throws IOException {
    Path cache = home.resolve("logits");
    trained("one", "--teacher-cache=" + cache);
    assertEquals(2, logits(cache));
    trained("two", "--teacher-cache=" + cache, "--temperature=1", "--head-width=4");
    assertEquals(2, logits(cache), "the same pictures");
    trained("three", "--teacher-cache=" + cache, "--mixup=0");
    assertEquals(4, logits(cache), "other pictures");
    trained("four", "--teacher-cache=" + cache, "--seed=5", "--views-seed=1");
    assertEquals(4, logits(cache), "another network, the pictures of the first");
    assertEquals("1", record("four").options().get("views-seed"));
    Environment given = test.environment();
    // a signal as soon as the command listens
    Interrupts interrupts = new Interrupts(given.err(), Runnable::run, () -> {});
    Environment environment =
        new Environment(
            given.out(), given.err(), 0, given.home(), given.clock(), interrupts, given.charts());
    String[] early = args("early", "--teacher-cache=" + cache);
    assertEquals(130, Main.run(early, environment, List.of(TrainCommand::new)));
    assertTrue(test.err().contains("the teacher gave is kept, and the same command"), test.err());
  }

  @Test
  void whatResearchOnlyWeightsTeachIsResearchOnly() throws IOException {
    trained("first", "--research-only", "--teacher=-", "--views=-");
    trained("second", "--teacher=first");
    assertTrue(record("second").researchOnly());
    trained("third");
    assertFalse(record("third").researchOnly());
  }

  @Test
  void featuresAreTaughtByTheirOwnFilesAndTheCardSaysSo() throws IOException {
    Path cache = home.resolve("outputs");
    trained("logits", "--teacher-cache=" + cache);
    trained("features", "--teacher-cache=" + cache, "--feature-weight=2");
    assertEquals(4, logits(cache));
    assertFalse(record("logits").options().containsKey("feature-weight"));
    assertEquals("2.0", record("features").options().get("feature-weight"));
    assertEquals(card("logits").architecture(), card("features").architecture());
    assertNotEquals(card("logits").weights().sha256(), card("features").weights().sha256());
    List<String> words = TrainArguments.of(card("features")).orElseThrow();
    assertEquals("2.0", words.get(words.indexOf("--feature-weight") + 1));
    refused("feature weight must be from 0 to 1000, was -1.0", args("x", "--feature-weight=-1"));
  }

  @Test
  void experimentsTrainATaughtModelAgainWithLabels() throws IOException {
    trained("taught");
    assertEquals(Optional.empty(), TrainingRecipe.refusal(card("taught"), false));
    assertEquals(Optional.empty(), TrainingRecipe.refusal(card("taught"), true));
    TrainingRecipe recipe = TrainingRecipe.of(card("taught"));
    assertEquals(4, recipe.options().batch());
    assertFalse(recipe.named().containsKey("teacher"), recipe.named().toString());
    assertFalse(recipe.made(card("taught")), "it is another training");
  }

  @Test
  void anExistingModelCanBeTaught() throws IOException {
    trained("first", "--teacher=-", "--views=-");
    String[] network = {"--arch=-", "--size=-", "--head-width=-", "--pooled-size=-"};
    List<String> more = new ArrayList<>(List.of(network));
    more.addAll(List.of("--init=first", "--frozen-epochs=0"));
    trained("second", more.toArray(String[]::new));
    assertEquals("first", record("second").options().get("init"));
    assertEquals("base", record("second").options().get("teacher"));
    more.set(more.size() - 1, "--frozen-epochs=1");
    refused("with --init, give --frozen-epochs 0", args("x", more.toArray(String[]::new)));
  }

  @Test
  void wrongUsage() throws IOException {
    refused("temperature must be above 0 and at most 100, was 0", args("x", "--temperature=0"));
    refused("temperature must be above 0 and at most 100, was -2", args("x", "--temperature=-2"));
    refused("mixup must be a share from 0 to 1, was 2", args("x", "--mixup=2"));
    refused("views must be at least 1, was 0", args("x", "--views=0"));
    refused("go with --teacher MODEL", args("x", "--teacher=-"));
    refused("with --teacher there are none; leave it out", args("x", "--label-smoothing=0.1"));
    save(TinyModels.card("wide"), new ModelCard.Input(1, 32, 48), Output.NOT_CAT_LOGIT);
    refused("takes pictures of 48x32, which is another shape", args("x", "--teacher=wide"));
    Output classes = new Output(Output.Form.LOGITS, 10, List.of(3));
    save(TinyModels.card("ten"), new ModelCard.Input(1, 32, 32), classes);
    refused("--teacher ten tells 10 classes apart", args("x", "--teacher=ten"));
    assertEquals(1, test.run(TrainCommand::new, args("x", "--teacher=gone")));
    assertTrue(test.err().contains("no model at"), test.err());
    assertEquals(2, test.run(TrainCommand::new, args("x", "--teacher=..")), test.err());
  }

  private void refused(String words, String... args) {
    assertEquals(2, test.run(TrainCommand::new, args), test.err());
    String line = test.err().lines().reduce("", (a, b) -> b);
    assertTrue(line.contains(words), test.err());
    assertFalse(Files.exists(home.resolve("models/x.training")));
  }
}
