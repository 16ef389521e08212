package org.whisker.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.Line;
import org.whisker.chart.kit.XyPlot;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.ModelStore;
import org.whisker.cli.TinyModels;
import org.whisker.command.TestEnvironment;
import org.whisker.feature.train.TrainCommand;
import org.whisker.image.BlackPixels;
import org.whisker.io.Csv;
import org.whisker.io.Csv.CsvTable;
import org.whisker.random.SplitMix64;
import org.whisker.torch.Classifiers;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;

/**
 * Scores, gradient maps and steps of trainings in one process, and what memory it has meanwhile.
 */
final class Soak {
  private static final int ROUNDS = 100;
  private static final int BATCHES = 20; // a round
  private static final int BATCH = 100;
  private static final int MAPS = 20; // a round
  private static final int TRAINS_EVERY = 10; // rounds
  private static final int PIXELS = 30;
  private static final double LEAST_SHARE = 0.1; // of growth in the second half

  private final Path root;
  private final List<double[]> memory = new ArrayList<>();

  private Soak(Path root) {
    this.root = root;
  }

  /**
   * Goes on for so many rounds as the first argument says; every tenth trains a network for 30
   * steps.
   *
   * @return whether the process has not grown by a tenth in the second half
   */
  static boolean run(Path root, List<String> args) throws IOException {
    int rounds = args.isEmpty() ? ROUNDS : Integer.parseInt(args.get(0));
    TinyModels.save(root, "tiny");
    for (String split : List.of("train", "val")) {
      TinyModels.photos(root.resolve("photos").resolve(split), 6);
    }
    Soak soak = new Soak(root);
    soak.go(rounds);
    soak.write();
    double middle = soak.memory.get(rounds / 2)[1];
    double last = soak.memory.get(rounds - 1)[1];
    System.out.printf(
        "%d images, %d maps, %d trainings of 30 steps: %.0f MiB after half of it, %.0f MiB in the"
            + " end; in %s%n",
        rounds * BATCHES * BATCH,
        rounds * MAPS,
        (rounds + TRAINS_EVERY - 1) / TRAINS_EVERY,
        middle,
        last,
        root);
    return last < middle * (1 + LEAST_SHARE);
  }

  private void go(int rounds) throws IOException {
    TorchClassifier.Settings settings = TorchClassifier.Settings.cpu(Precision.FLOAT32);
    try (DifferentiableClassifier classifier =
        Classifiers.openAny(new ModelStore(root.resolve("models")).open("tiny"), settings)) {
      for (int round = 0; round < rounds; round++) {
        RandomGenerator random = SplitMix64.stream(1, "soak", round);
        for (int batch = 0; batch < BATCHES; batch++) {
          classifier.logits(pictures(classifier, random, BATCH));
        }
        classifier.inputGradients(pictures(classifier, random, MAPS));
        if (round % TRAINS_EVERY == 0) {
          train(round);
        }
        memory.add(new double[] {round + 1.0, residentMib(), heapMib()});
      }
    }
  }

  private static List<BlackPixels> pictures(
      DifferentiableClassifier classifier, RandomGenerator random, int count) {
    List<BlackPixels> pictures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int[] pixels =
          random.ints(PIXELS, 0, classifier.canvas().pixels()).distinct().sorted().toArray();
      pictures.add(BlackPixels.of(classifier.canvas(), pixels));
    }
    return pictures;
  }

  private void train(int round) throws IOException {
    Path model = root.resolve("models").resolve("m" + round);
    TestEnvironment test = new TestEnvironment(root);
    int exitCode =
        test.run(
            TrainCommand::new,
            "train",
            "--arch=vgg16",
            "--size=32",
            "--head-width=8",
            "--pooled-size=1",
            "--batch=4",
            "--epochs=10",
            "--quiet",
            "--data=" + root.resolve("photos"),
            "--out=" + model);
    if (exitCode != 0) {
      throw new IOException(test.err());
    }
    Tree.delete(model);
  }

  private static double residentMib() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
      }
    }
    throw new IOException("this system does not say how much memory is resident");
  }

  private static double heapMib() {
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) / (double) (1 << 20);
  }

  private void write() throws IOException {
    List<List<String>> rows = new ArrayList<>();
    for (double[] at : memory) {
      rows.add(List.of(Csv.cell((int) at[0]), Csv.cell((float) at[1]), Csv.cell((float) at[2])));
    }
    Csv.write(
        root.resolve("soak.csv"), new CsvTable(List.of("round", "resident_mib", "heap_mib"), rows));
    XyPlot plot = new XyPlot("Memory of one process", "images scored, in thousands", "MiB");
    plot.line(line("resident", 1), Ink.series(0), false);
    plot.line(line("Java heap, in use", 2), Ink.series(1), false);
    plot.yFromZero();
    Files.write(root.resolve("soak.png"), plot.png(2).bytes());
  }

  private Line line(String name, int column) {
    double thousands = BATCHES * BATCH / 1000.0;
    return new Line(
        name,
        memory.stream().mapToDouble(at -> at[0] * thousands).toArray(),
        memory.stream().mapToDouble(at -> at[column]).toArray());
  }
}
