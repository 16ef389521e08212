package org.whisker.campaign;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A command that writes, made small.
 *
 * @param words of its command line; they and what they name are relative to a {@link World}
 * @param out the folder that it makes; empty where others make it
 * @param again how it is gone on with
 */
record Scenario(String name, List<String> words, String out, Again again) {
  /** How a command goes on after a kill. */
  enum Again {
    /** The command line is {@code --resume} and the folder. */
    RESUME,
    /** The command line is given again. */
    SAME,
    /** The command line is given again, with a new folder. */
    ANEW
  }

  private static final String MODEL = "--model=tiny";
  private static final String FLOAT = "--precision=float32";
  private static final String LEAGUE = "--searches=question,greedy,sparse-rs";
  private static final List<String> TRAINING =
      List.of("--data=photos", "--batch=4", "--averaging=0.5", "--epochs=3", FLOAT);

  Scenario {
    words = List.copyOf(words);
  }

  /** Every command that writes more than a file. */
  static List<Scenario> all() {
    return List.of(
        resumed("evolve", MODEL, FLOAT, "--runs=3", "--generations=40", "--checkpoint-every=2"),
        resumed(
            "evolve (runs together)",
            MODEL,
            FLOAT,
            "--preset=question",
            "--runs=5",
            "--generations=60",
            "--checkpoint-every=2"),
        resumed("ablate", "founders", MODEL, "--runs=2", "--max-evaluations=60", FLOAT),
        resumed(
            "ablate (training)",
            "head",
            "--model=trained",
            "--data=photos",
            "--networks=1",
            "--train-epochs=1",
            "--runs=1",
            "--max-evaluations=60",
            FLOAT),
        resumed("explain", "tiny", "--runs=2", "--generations=4", FLOAT),
        train("train", "--arch=vgg16", "--size=32", "--head-width=8", "--pooled-size=1"),
        train("fine-tune", "--init=tiny", "--frozen-epochs=1"),
        train(
            "teach",
            "--arch=vgg16",
            "--size=32",
            "--head-width=8",
            "--pooled-size=1",
            "--teacher=other",
            "--views=2"),
        resumed(
            "saliency", MODEL, "--image=white", "--image=photo.png", "--method=gradient,occlusion"),
        resumed(
            "saliency --summary",
            "--model=tiny,other",
            "--images=photos/test",
            "--method=gradient"),
        resumed("probe", MODEL),
        resumed("probe (pairs)", MODEL, "--pairs=4"),
        resumed("boundary minimal", MODEL, "--evaluations=300", "--runs=1"),
        anew("boundary", MODEL, "--from=white", "--to=evolved", "--steps=20", "--random=2"),
        resumed(
            "boundary attack",
            MODEL,
            "evolved",
            "photo.png",
            "--steps=20",
            "--max-flips=6",
            "--evaluations=60"),
        resumed("boundary counterfactual", MODEL, "photos/test", "--max-flips=20"),
        resumed("boundary margins", MODEL, "evolved", "photos/test", "--max-flips=20"),
        resumed("boundary transfer", "evolved", "--models=tiny,other"),
        anew("heatmap", "evolved"),
        resumed("league", MODEL, FLOAT, LEAGUE, "--runs=2", "--max-evaluations=150"),
        resumed(
            "league (photos)",
            "--model=other",
            FLOAT,
            LEAGUE,
            "--runs=2",
            "--max-evaluations=100",
            "--photos=photos/test/not_cat"),
        resumed("diagnose", "tiny", "photos/test", "--pictures=8"),
        resumed("compare", "tiny", "other", FLOAT, "--runs=2", "--generations=4"),
        resumed("evaluate", MODEL, "--data=photos"),
        resumed("dataset check", "photos"),
        resumed("network show", "tiny", "--gradient=2"),
        new Scenario(
            "bench",
            List.of("bench", MODEL, "--seconds=0.5", "--out=bench.json"),
            "bench.json",
            Again.SAME),
        new Scenario("sweep work", List.of("sweep", "work", "sweep"), "", Again.SAME),
        anew("sweep plan", "spec.yaml"),
        new Scenario(
            "sweep collect", List.of("sweep", "collect", "worked", "--folders"), "", Again.SAME),
        new Scenario("report", List.of("report", "evolved"), "", Again.SAME),
        new Scenario(
            "report --share", List.of("report", "evolved", "--share=out"), "out", Again.ANEW),
        new Scenario(
            "report --single-file",
            List.of("report", "evolved", "--single-file=one.html"),
            "one.html",
            Again.ANEW),
        new Scenario("charts", List.of("charts", "evolved", "--format=svg,pdf"), "", Again.SAME),
        imported("import", "cats.onnx", "--cat=0", "--classes=classes.txt"),
        imported(
            "import (module)",
            "tiny-cnn.pt",
            "--cat=0",
            "--input=3x32x32",
            "--output=logits",
            "--classes=classes.txt",
            "--trust"),
        new Scenario(
            "fetch",
            List.of("models", "fetch", "mobilenet-v2", "--name=cats", "--input=1x32x32"),
            "",
            Again.SAME),
        exported("onnx"),
        exported("torchscript"),
        exported("safetensors"));
  }

  private static Scenario imported(String name, String file, String... options) {
    List<String> words = new ArrayList<>(List.of("models", "import", file, "--name=cats"));
    words.addAll(List.of(options));
    return new Scenario(name, words, "", Again.SAME);
  }

  private static Scenario exported(String format) {
    List<String> words = List.of("models", "export", "tiny", "--format=" + format, "--out=file");
    return new Scenario("export (" + format + ")", words, "file", Again.ANEW);
  }

  private static Scenario resumed(String name, String... options) {
    return new Scenario(name, words(name, options), "out", Again.RESUME);
  }

  private static Scenario anew(String name, String... options) {
    return new Scenario(name, words(name, options), "out", Again.ANEW);
  }

  private static List<String> words(String name, String... options) {
    List<String> words = new ArrayList<>(command(name));
    words.addAll(List.of(options));
    words.addAll(List.of("--out=out", "--quiet"));
    return words;
  }

  /** The words of a command whose name may end in what is particular about it, in brackets. */
  private static List<String> command(String name) {
    return List.of(name.replaceFirst(" \\(.*", "").split(" ", -1));
  }

  private static Scenario train(String name, String... options) {
    List<String> words = new ArrayList<>(List.of("train", "--out=made", "--quiet"));
    words.addAll(List.of(options));
    words.addAll(TRAINING);
    return new Scenario(name, words, "", Again.SAME);
  }

  /** Whether nothing is left to do. Of a model that is whole it is said that it is there. */
  boolean isDone(WhiskerProcess.Ended ended) {
    return ended.exitCode() == 0
        || (words.get(0).equals("train") && ended.err().contains("is a model already"))
        || (words.contains("--name=cats") && ended.err().contains("there is a model of that name"));
  }

  /**
   * What to type after a kill; removes what is begun anew. A job that was ended before its manifest
   * was there takes its folder again.
   */
  List<String> next(Path world) throws java.io.IOException {
    Path folder = world.resolve(out);
    if (again == Again.RESUME && !Files.exists(folder.resolve("manifest.json"))) {
      return words;
    }
    if (again == Again.RESUME) {
      List<String> resume = new ArrayList<>(command(name));
      resume.addAll(List.of("--resume=" + out, "--quiet"));
      return resume;
    }
    if (!out.isEmpty()) {
      Tree.delete(folder);
    }
    return words;
  }
}
