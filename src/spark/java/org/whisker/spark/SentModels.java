package org.whisker.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.apache.spark.SparkFiles;
import org.apache.spark.api.java.JavaSparkContext;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.Sha256;
import org.whisker.classifier.StoredModel;
import org.whisker.feature.sweep.OpenModels;
import org.whisker.feature.sweep.SweepTask;
import org.whisker.job.JobContext.WhiskerHome;

/**
 * Models as files of Spark, which each executor fetches once: card and weights, under names that no
 * other model's have. Whoever opens one holds its weights against card and task (SHA-256).
 */
final class SentModels implements AutoCloseable {
  private static final String CARD = "model.json";

  private final JavaSparkContext spark;
  private final OpenModels models;
  private final Path folder;
  private final Set<String> sent = new HashSet<>();

  SentModels(JavaSparkContext spark, WhiskerHome home) throws IOException {
    this.spark = spark;
    this.models = OpenModels.stored(home);
    this.folder = Files.createTempDirectory("whisker-models");
  }

  private static String key(SweepTask task) {
    return "whisker-" + Sha256.ofText(task.model() + " " + task.sha256()).substring(0, 16);
  }

  /** Sends a task's model, if it has one and that is not done. Jobs that begin later find it. */
  void send(SweepTask task) throws IOException {
    String key = key(task);
    if (!task.model().isEmpty() && sent.add(key)) {
      StoredModel model = models.of(task);
      add(model.folder().resolve(CARD), key + ".json");
      add(model.file(), key + ".weights");
    }
  }

  /** Spark names a file by what it is called. */
  private void add(Path file, String name) throws IOException {
    Path named = folder.resolve(name);
    place(file, named);
    spark.addFile(named.toUri().toString());
  }

  private static void place(Path file, Path named) throws IOException {
    try {
      Files.createLink(named, file.toRealPath());
    } catch (FileSystemException | UnsupportedOperationException e) {
      Files.copy(file, named); // another disk
    }
  }

  /** The models of an executor, as they were sent. */
  static OpenModels received() {
    return new OpenModels(SentModels::receive);
  }

  private static StoredModel receive(SweepTask task) throws IOException {
    String key = key(task);
    Path root = Path.of(SparkFiles.getRootDirectory());
    Path folder = root.resolve(key);
    ModelStore store = new ModelStore(root);
    if (!Files.exists(folder.resolve(CARD))) {
      Files.createDirectories(folder);
      Files.copy(Path.of(SparkFiles.get(key + ".json")), folder.resolve(CARD));
      Path weights = folder.resolve(store.card(folder.toString()).weights().file());
      Files.deleteIfExists(weights);
      place(Path.of(SparkFiles.get(key + ".weights")), weights);
    }
    if (store.card(folder.toString()).isModule()) {
      store.trust(task.sha256()); // these bytes were opened by the driver, which looks at operators
    }
    return store.open(folder.toString());
  }

  @Override
  public void close() {
    try {
      for (String key : sent) {
        Files.deleteIfExists(folder.resolve(key + ".json"));
        Files.deleteIfExists(folder.resolve(key + ".weights"));
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
