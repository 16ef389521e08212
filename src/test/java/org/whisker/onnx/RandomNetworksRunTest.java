package org.whisker.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.ModelStore;
import org.whisker.command.Environment;
import org.whisker.command.TestEnvironment;
import org.whisker.feature.ablate.AblateCommand;
import org.whisker.feature.diagnose.DiagnoseCommand;
import org.whisker.feature.evolve.EvolveCommand;
import org.whisker.feature.explain.ExplainCommand;
import org.whisker.feature.models.ModelsCommand;
import org.whisker.feature.position.ProbeCommand;
import org.whisker.feature.saliency.SaliencyCommand;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.ImageFiles;
import org.whisker.image.PlanarImage;
import org.whisker.network.Network.FeatureShape;
import org.whisker.torch.Classifiers;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;

/**
 * A random network that is read runs in every way: it evolves images, is explained and probed,
 * exported and read again, in both precisions. {@code -Dwhisker.random.networks=N} runs N of them,
 * from {@code whisker.random.first} on, with every command in both precisions, {@code ablate}, and
 * {@code explain} and all methods of saliency in one of them each.
 */
class RandomNetworksRunTest {
  private static final int NETWORKS = Integer.getInteger("whisker.random.networks", 2);
  private static final int FIRST = Integer.getInteger("whisker.random.first", 0);
  private static final boolean WHOLE = System.getProperty("whisker.random.networks") != null;
  private static final List<Canvas> SIZES =
      List.of(new Canvas(16, 17), new Canvas(17, 33), new Canvas(32, 32), new Canvas(224, 32));

  @TempDir private Path home;
  private Canvas canvas = SIZES.get(0);
  private String precision = "";
  private int number;

  static IntStream seeds() {
    return IntStream.range(FIRST, FIRST + NETWORKS);
  }

  private void run(Function<Environment, Object> command, String... args) {
    TestEnvironment test = new TestEnvironment(home);
    int code = test.run(command, args);
    if (WHOLE && code != 0) {
      System.out.println(number + " FAILED " + test.err());
    }
    assertEquals(0, code, () -> String.join(" ", args) + ": " + test.err());
  }

  /** Runs a job in the precision. */
  private void job(Function<Environment, Object> command, String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    String out = home.resolve(args[0] + "-" + precision).toString();
    all.addAll(List.of("--precision", precision, "--device", "cpu", "--quiet", "--out", out));
    all.addAll(List.of("--format", "svg"));
    long start = System.nanoTime();
    run(command, all.toArray(String[]::new));
    if (WHOLE) {
      System.out.printf("%s %s: %.0f s%n", args[0], precision, (System.nanoTime() - start) / 1e9);
    }
  }

  private void read(Path file, String name, List<String> more) {
    List<String> args = new ArrayList<>(List.of("models", "import", file.toString()));
    args.addAll(List.of("--name", name));
    args.addAll(more);
    run(ModelsCommand::new, args.toArray(String[]::new));
  }

  private float[] logits(String name, Precision by) throws Exception {
    List<GrayImage> pictures = IntStream.range(0, 3).mapToObj(this::picture).toList();
    try (DifferentiableClassifier it =
        Classifiers.openAny(
            new ModelStore(home.resolve("models")).open(name), TorchClassifier.Settings.cpu(by))) {
      return it.logits(pictures);
    }
  }

  private GrayImage picture(int seed) {
    return OnnxRuntime.picture(new FeatureShape(1, canvas.height(), canvas.width()), seed);
  }

  private Path photo(int channels) throws Exception {
    float[] values = new float[channels * canvas.pixels()];
    for (int plane = 0; plane < channels; plane++) {
      picture(3 + plane).paint(values, plane * canvas.pixels());
    }
    Path file = Files.createDirectories(home.resolve("photos")).resolve("photo.png");
    ImageFiles.writePng(file, PlanarImage.of(canvas, values));
    return file;
  }

  /** Imports the network of that number, and returns its channels. */
  private int imported(int seed) throws Exception {
    int channels = seed % 2 == 0 ? 3 : 1;
    number = seed;
    canvas = SIZES.get(seed / 2 % SIZES.size());
    FeatureShape shape = new FeatureShape(channels, canvas.height(), canvas.width());
    int classes = List.of(1, 7, 2).get(seed % 3);
    RandomNetwork network = new RandomNetwork(new Random(seed), shape, classes);
    String probability = classes == 1 ? "Sigmoid" : "Softmax";
    Path file = network.write(home.resolve("net.onnx"), seed % 5 == 1 ? probability : "Identity");
    List<String> more = new ArrayList<>(List.of("--mean=0.4", "--std=0.3"));
    more.addAll(asked(classes, seed));
    read(file, "net", more);
    return channels;
  }

  /** Written and read again it gives the same, in two formats. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17})
  void comesBackTheSame(int seed) throws Exception {
    imported(seed);
    comesBack("onnx");
    comesBack("torchscript", "--input", "1x" + canvas.height() + "x" + canvas.width());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void runsInEveryWay(int seed) throws Exception {
    Path photo = photo(imported(seed));
    for (Precision by : List.of(Precision.BFLOAT16, Precision.FLOAT32)) {
      precision = by.label();
      jobs(photo);
    }
    comesBack("onnx");
    comesBack("torchscript", "--input", "1x" + canvas.height() + "x" + canvas.width());
  }

  /** The class: cat, or one with a name, of a file or of its own. */
  private List<String> asked(int classes, int seed) throws Exception {
    if (classes == 1) {
      String form = seed % 5 == 1 ? "--output=sigmoid" : "--output=logit";
      return List.of(form, seed % 2 == 0 ? "--cat=0" : "--class=dog=1");
    } else if (classes == 2) {
      return List.of(seed % 4 == 0 ? "--cat=1" : "--class=dog=0");
    }
    Path names = home.resolve("names.txt");
    Files.writeString(names, "ant\nbee\ncat\ndog\nelk\nfox\ngnu\n");
    String both = "--class=" + (seed % 2 == 0 ? "elk" : "pets=2,3");
    return List.of("--classes=" + names, both);
  }

  /** The precision in which a network has its report, which takes a minute or two. */
  private boolean isExplained() {
    return WHOLE && (number % 2 == 0) == precision.equals(Precision.BFLOAT16.label());
  }

  private void jobs(Path photo) {
    job(EvolveCommand::new, "evolve", "--model=net", "--runs=1", "--generations=2");
    String photos = String.valueOf(photo.getParent());
    String best = home.resolve("evolve-" + precision).toString();
    job(
        SaliencyCommand::new,
        "saliency",
        "--model=net",
        "--image=" + photo,
        "--image=" + best,
        "--method=" + (WHOLE && !isExplained() ? "all" : "quick"),
        "--samples=4",
        "--steps=4",
        "--window=8",
        "--stride=4");
    if (!WHOLE && precision.equals(Precision.FLOAT32.label())) {
      return;
    }
    job(ProbeCommand::new, "probe", "--model=net", "--count=1,5", "--draws=2");
    job(DiagnoseCommand::new, "diagnose", "net", photos, "--pictures=8");
    if (WHOLE) {
      job(
          AblateCommand::new,
          "ablate",
          "padding",
          "--model=net",
          "--runs=2",
          "--generations=2",
          "--max-evaluations=40");
    }
    if (isExplained()) {
      job(
          ExplainCommand::new,
          "explain",
          "net",
          "--runs=2",
          "--generations=2",
          "--max-evaluations=40");
    }
  }

  /**
   * What is written sees gray from 0 to 1, and gives the logits of the model in float64; a
   * TorchScript module runs in float32 only, and rounds as such a pass does.
   */
  private void comesBack(String format, String... more) throws Exception {
    Path file = home.resolve("out." + format);
    run(ModelsCommand::new, "models", "export", "net", "--format=" + format, "--out=" + file);
    String name = "back-" + format;
    List<String> args = new ArrayList<>(List.of("--cat", "0", "--output", "logit"));
    args.addAll(List.of(more));
    read(file, name, args);
    boolean module = format.equals("torchscript");
    Precision finest = module ? Precision.FLOAT32 : Precision.FLOAT64;
    double difference =
        OnnxRuntime.difference(logits("net", Precision.FLOAT64), logits(name, finest));
    assertTrue(difference < (module ? 1e-4 : 1e-6), format + " differs by " + difference);
  }
}
