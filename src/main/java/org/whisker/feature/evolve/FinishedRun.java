package org.whisker.feature.evolve;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.whisker.classifier.Sha256;
import org.whisker.evolution.result.RunSummary;
import org.whisker.io.JsonFile;
import org.whisker.job.FileHashes;

/**
 * {@code finished.json} of a run, written after its other files and before its row in {@code
 * summary.csv}: which run it is, and hashes of all that it came to. Charts are not among them.
 */
final class FinishedRun {
  static final String FILE = "finished.json";

  private static final List<String> IMAGES = List.of("best.png", "minimal.png");

  private FinishedRun() {}

  /** Records a run whose files are whole. */
  static void write(Path own, RunSummary summary) throws IOException {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("run", summary.run());
    content.put("seed", summary.seed());
    content.put("summary_sha256", sha256(summary));
    content.put("files", FileHashes.of(own, results(own)).hashes());
    JsonFile.write(own.resolve(FILE), content);
  }

  private static String sha256(RunSummary summary) {
    return Sha256.ofText(RunSummary.TABLE.line(summary));
  }

  private static List<Path> results(Path own) throws IOException {
    try (Stream<Path> files = Files.list(own)) {
      return files.filter(FinishedRun::isResult).toList();
    }
  }

  private static boolean isResult(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(".csv") || IMAGES.contains(name);
  }

  /**
   * What is wrong with a run that is finished according to the summary, in one line; empty when its
   * files are as they were written.
   */
  static Optional<String> trouble(Path own, RunSummary summary) throws IOException {
    Path file = own.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      return Optional.of(file + " is missing");
    }
    List<String> troubles = new ArrayList<>();
    try {
      JsonNode recorded = JsonFile.read(file);
      if (recorded.path("run").asInt() != summary.run()
          || recorded.path("seed").asLong() != summary.seed()) {
        troubles.add(own + " is the folder of another run");
      } else if (!recorded.path("summary_sha256").asText().equals(sha256(summary))) {
        troubles.add(own + " has another row in " + RunSummary.FILE + " than was written");
      }
      troubles.addAll(FileHashes.read(recorded.path("files")).changed(own));
    } catch (IOException e) {
      troubles.add(file + " can't be read");
    }
    return troubles.stream().findFirst();
  }
}
