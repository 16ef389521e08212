package org.whisker.campaign;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.whisker.classifier.Sha256;
import org.whisker.cli.TinyModels;
import org.whisker.command.TestEnvironment;
import org.whisker.feature.train.TrainCommand;

/**
 * Equal trainings with the threads that there are, one after the other in one process, while as
 * many other threads want the cores; how many different weights come of them.
 */
final class Trainings {
  private static final int PHOTOS = 12; // of a class, in a split
  private static final List<String> OPTIONS =
      List.of(
          "train",
          "--arch=vgg16",
          "--size=32",
          "--head-width=8",
          "--pooled-size=1",
          "--batch=8",
          "--epochs=1",
          "--quiet");

  private Trainings() {}

  /** Trains so often as the first argument says. */
  static boolean run(Path root, List<String> args) throws IOException {
    int wanted = args.isEmpty() ? 200 : Integer.parseInt(args.get(0));
    for (String split : List.of("train", "val", "test")) {
      TinyModels.photos(root.resolve("photos").resolve(split), PHOTOS);
    }
    Map<String, Integer> seen = new TreeMap<>();
    List<Thread> busy = busy();
    try {
      for (int i = 0; i < wanted; i++) {
        seen.merge(weights(root, i), 1, Integer::sum);
      }
    } finally {
      busy.forEach(Thread::interrupt);
    }
    System.out.println(wanted + " trainings, weights: " + seen);
    return seen.size() == 1;
  }

  /** The hash of what a training gave, which is removed again. */
  private static String weights(Path root, int number) throws IOException {
    Path model = root.resolve("models").resolve("m" + number);
    List<String> words = new ArrayList<>(OPTIONS);
    words.addAll(List.of("--data=" + root.resolve("photos"), "--out=" + model));
    TestEnvironment test = new TestEnvironment(root);
    int exitCode = test.run(TrainCommand::new, words.toArray(String[]::new));
    if (exitCode != 0) {
      throw new IOException(test.err());
    }
    String hash = Sha256.of(model.resolve("weights.safetensors"));
    Tree.delete(model);
    return hash;
  }

  /** Threads that want the cores, until they are interrupted. */
  private static List<Thread> busy() {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      Thread thread = new Thread(Trainings::spin);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    return threads;
  }

  private static void spin() {
    while (!Thread.currentThread().isInterrupted()) {
      Thread.onSpinWait();
    }
  }
}
