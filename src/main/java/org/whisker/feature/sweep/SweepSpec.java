package org.whisker.feature.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.whisker.io.InputFile;
import org.whisker.job.ConfigJson;
import org.whisker.job.FailureMessage;
import org.whisker.job.InvalidRequestException;

/**
 * What a sweep is asked for, as it stands in a file.
 *
 * @param models names of folders in {@code models/}, or paths that all nodes have
 * @param seeds the seeds of the runs of everything; a part may have others
 * @param numerics {@code native} unless told, or {@code portable}
 * @param device {@code cpu} unless told, or {@code gpu}
 * @param precision {@code float32} unless told, or {@code bfloat16}
 * @param tasks what is run
 */
public record SweepSpec(
    Optional<List<String>> models,
    Optional<Seeds> seeds,
    Optional<String> numerics,
    Optional<String> device,
    Optional<String> precision,
    Optional<List<Part>> tasks) {
  /** Runs of a configuration unless told, as those of {@code ablate}. */
  private static final Seeds USUAL = new Seeds(Optional.of(1L), Optional.of(10));

  /**
   * Consecutive seeds.
   *
   * @param first 1 unless told
   * @param count how many, at least 1
   */
  public record Seeds(Optional<Long> first, Optional<Integer> count) {
    public Seeds {
      int runs = count.orElse(0);
      if (runs < 1) {
        throw new IllegalArgumentException("seeds need a count of at least 1, was " + runs);
      }
    }

    /** The seeds, one by one. */
    List<Long> of() {
      long begin = first.orElse(1L);
      return LongStream.range(begin, begin + count.orElse(1)).boxed().toList();
    }

    /** The options of the command line that ask for these seeds. */
    List<String> words() {
      return List.of("--seed=" + first.orElse(1L), "--runs=" + count.orElse(1));
    }
  }

  /**
   * A command with options that vary.
   *
   * @param command {@code evolve}, {@code ablate} or {@code train}
   * @param experiments the experiments of {@code ablate}
   * @param models others than those of the whole sweep
   * @param options as of the command, without dashes: a value, a list of values, or a range, see
   *     {@link OptionValues}
   * @param keepGenerations whether results of {@code evolve} hold {@code generations.csv}, for the
   *     folders that are collected; no unless told, as it is most of what a run writes
   * @param draw how often values are drawn at random; unless told, all combinations are taken
   */
  public record Part(
      String command,
      Optional<List<String>> experiments,
      Optional<List<String>> models,
      Optional<Seeds> seeds,
      Optional<Map<String, JsonNode>> options,
      Optional<Draw> draw,
      Optional<Boolean> keepGenerations) {
    /** Whether results hold a row for each generation. */
    boolean keeps() {
      return keepGenerations.orElse(false);
    }
  }

  /**
   * How values are drawn.
   *
   * @param count combinations, at least 1
   * @param seed the seed of the random numbers; 1 unless told
   */
  public record Draw(int count, Optional<Long> seed) {
    public Draw {
      if (count < 1) {
        throw new IllegalArgumentException("a draw needs a count of at least 1, was " + count);
      }
    }
  }

  /**
   * The parts.
   *
   * @throws InvalidRequestException when there is none
   */
  public List<Part> parts() {
    List<Part> parts = tasks.orElse(List.of());
    InvalidRequestException.refuse(
        parts.isEmpty(), "the spec has no tasks; give at least one, with its command");
    return parts;
  }

  /** The models of a part. */
  List<String> models(Part part) {
    List<String> names = part.models().or(() -> models).orElse(List.of());
    InvalidRequestException.refuse(
        names.isEmpty(), "the spec names no models for its " + part.command() + " tasks");
    return names;
  }

  /** The seeds of a part. */
  Seeds seeds(Part part) {
    return part.seeds().or(() -> seeds).orElse(USUAL);
  }

  /** Reads a spec: YAML, or JSON, which is YAML. */
  public static final class SpecFile {
    private static final long MOST_BYTES = 1 << 20;

    private SpecFile() {}

    /**
     * The spec of a file.
     *
     * @throws IOException in one line that names the file and what is wrong with it
     */
    public static SweepSpec read(Path file) throws IOException {
      return ConfigJson.read(tree(file), SweepSpec.class, file);
    }

    private static JsonNode tree(Path file) throws IOException {
      String text = InputFile.text(file, MOST_BYTES);
      try {
        JsonNode tree = new YAMLMapper().readTree(text);
        if (tree == null || !tree.isObject()) {
          throw new IOException(file + " is no spec of a sweep; it begins with models: and tasks:");
        }
        return tree;
      } catch (JsonProcessingException e) {
        throw new IOException(
            file + " is not valid YAML: " + FailureMessage.oneLine(e.getOriginalMessage()), e);
      }
    }
  }
}
