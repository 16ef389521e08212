package org.whisker.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.whisker.cli.TinyModels;
import org.whisker.image.ImageFiles;
import org.whisker.torch.Modules;

/**
 * What trials have in common.
 *
 * @param template a folder with all that the scenarios begin from: models, photos, evolved images,
 *     a sweep
 * @param whisker runs commands in copies of it
 */
record World(Path template, WhiskerProcess whisker) {
  private static final List<String> EVOLVED =
      List.of(
          "evolve",
          "--model=tiny",
          "--precision=float32",
          "--runs=1",
          "--generations=8",
          "--out=evolved",
          "--quiet");

  private static final String SPEC =
      """
      models: [tiny]
      seeds: {count: 2}
      tasks:
        - command: ablate
          experiments: [founders]
          options: {max-evaluations: 40}
        - command: evolve
          options: {generations: 5, population: 10, target: 0, crossover: [columns, rectangle]}
      """;

  static World in(Path root) throws IOException, InterruptedException {
    Path template = root.resolve("template");
    Path home = Files.createDirectories(template.resolve("home"));
    TinyModels.save(home, "tiny");
    TinyModels.save(home, "other", 9);
    TinyModels.saveTrained(home, "trained");
    for (String split : List.of("train", "val", "test")) {
      TinyModels.photos(template.resolve("photos").resolve(split), 4);
      TinyModels.photos(template.resolve("crowd").resolve(split), split.equals("train") ? 16 : 4);
    }
    ImageFiles.writePng(template.resolve("photo.png"), TinyModels.picture(32, 32, 0.3, 1));
    Files.copy(Path.of("src/test/resources/onnx/vgg.onnx"), template.resolve("cats.onnx"));
    Modules.tinyCnn(template);
    Files.writeString(template.resolve("classes.txt"), "tabby\nhound\nfinch\ncarp\nmoth\n");
    Files.writeString(template.resolve("spec.yaml"), SPEC);
    Jvm jvm = Jvm.in(root).archived(template, EVOLVED, root.resolve("classes.jsa"));
    World world = new World(template, new WhiskerProcess(jvm, null, Hub.begin(root)));
    world.run("sweep", "plan", "spec.yaml", "--out=sweep", "--quiet");
    world.run("sweep", "plan", "spec.yaml", "--out=worked", "--quiet");
    world.run("sweep", "work", "worked", "--quiet");
    return world;
  }

  /** As it is, with the calls of its processes counted, and disturbed. */
  World counted(Calls calls) {
    return new World(template, new WhiskerProcess(whisker.jvm(), calls, whisker.hub()));
  }

  private void run(String... words) throws IOException, InterruptedException {
    WhiskerProcess.Ended ended = whisker.run(template, List.of(words), new Disturbance.None());
    if (ended.exitCode() != 0) {
      throw new IOException(String.join(" ", words) + " ended with " + ended);
    }
  }
}
