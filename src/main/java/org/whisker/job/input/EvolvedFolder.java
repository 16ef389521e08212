package org.whisker.job.input;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.whisker.evolution.result.EvolvedImageFiles.EvolvedTones;
import org.whisker.evolution.result.EvolvedImageFiles.PixelRow;
import org.whisker.image.BlackPixels;
import org.whisker.image.Tones;
import org.whisker.io.JsonFile;
import org.whisker.io.Manifest;
import org.whisker.job.input.ImageSet.NamedImage;
import org.whisker.job.input.PictureReader.BadInputs;
import org.whisker.position.BlackTime;
import org.whisker.position.BlackTime.AllGenerations;
import org.whisker.position.PixelContributions;
import org.whisker.position.PixelMap;

/** Reads a folder that evolve wrote: {@code runs/N/} and {@code manifest.json}. */
final class EvolvedFolder {
  private final Path folder;
  private final BadInputs bad;
  private final boolean measured;
  private final List<String> notes = new ArrayList<>();
  private String name;

  private EvolvedFolder(Path folder, BadInputs bad, boolean measured) {
    this.folder = folder;
    this.bad = bad;
    this.measured = measured;
    this.name = ImageSet.lastName(folder);
  }

  static boolean is(Path folder) {
    return Files.isDirectory(folder.resolve("runs"));
  }

  /**
   * Reads all.
   *
   * @param measured whether contributions will be measured, so that those in the files don't count
   */
  static ImageSet read(Path folder, BadInputs bad, boolean measured) throws IOException {
    return new EvolvedFolder(folder, bad, measured).read();
  }

  /**
   * The final images without their history.
   *
   * @param runs at least one
   */
  record Finals(Tones tones, List<EvolvedRun> runs) {
    Finals {
      runs = List.copyOf(runs);
    }
  }

  /** Reads the final images alone. */
  static Finals finals(Path folder, BadInputs bad) throws IOException {
    EvolvedFolder read = new EvolvedFolder(folder, bad, true);
    Tones tones = read.tones(read.manifest());
    return new Finals(tones, read.needed(read.runs(tones)));
  }

  private List<EvolvedRun> runs(Tones tones) throws IOException {
    List<EvolvedRun> runs = new ArrayList<>();
    for (Path run : runFolders(folder)) {
      try {
        runs.add(EvolvedRun.read(run, tones));
      } catch (IOException e) {
        bad.found(e);
      }
    }
    return new ArrayList<>(NamedImage.ofOneSize(runs, EvolvedRun::best, bad));
  }

  private List<EvolvedRun> needed(List<EvolvedRun> runs) throws IOException {
    if (runs.isEmpty()) {
      throw new IOException(folder + " has no run that can be read");
    }
    return runs;
  }

  private ImageSet read() throws IOException {
    Optional<JsonNode> manifest = manifest();
    Tones tones = tones(manifest);
    List<EvolvedRun> runs = runs(tones);
    Optional<PixelMap> allGenerations = allGenerations(runs);
    needed(runs);
    if (manifest.isPresent()) {
      describe(manifest.get(), runs.size());
    }
    List<BlackPixels> images = runs.stream().map(run -> run.best().image()).toList();
    return new ImageSet(
        folder, "evolve", name, images, tones, contributions(runs), allGenerations, notes);
  }

  /** The folders of the runs, in the order of their numbers. */
  static List<Path> runFolders(Path folder) throws IOException {
    Path all = folder.resolve("runs");
    try (Stream<Path> content = Files.list(all)) {
      List<Path> found =
          content
              .filter(Files::isDirectory)
              .sorted(
                  Comparator.comparingInt((Path run) -> ImageSet.lastName(run).length())
                      .thenComparing(Path::toString))
              .toList();
      if (found.isEmpty()) {
        throw new IOException(all + " is empty; was the run stopped before its first image?");
      }
      return found;
    }
  }

  /** The map of all runs, those left out whose history is bad; none where one has no history. */
  private Optional<PixelMap> allGenerations(List<EvolvedRun> runs) throws IOException {
    Optional<EvolvedRun> without = runs.stream().filter(run -> !run.hasHistory()).findFirst();
    if (runs.isEmpty() || without.isPresent()) {
      without.ifPresent(
          run -> notes.add(ImageSet.NO_HISTORY + run.folder() + " has no best-history.csv"));
      return Optional.empty();
    }
    AllGenerations sum = new AllGenerations(runs.get(0).best().image().canvas());
    for (EvolvedRun run : List.copyOf(runs)) {
      try {
        BlackTime time = run.history();
        sum.add(time);
      } catch (IOException e) {
        bad.found(e);
        runs.remove(run);
      }
    }
    return runs.isEmpty() ? Optional.empty() : Optional.of(sum.share());
  }

  private Optional<List<PixelContributions>> contributions(List<EvolvedRun> runs) {
    if (measured) {
      return Optional.empty();
    }
    for (EvolvedRun run : runs) {
      if (run.contributions().isEmpty()) {
        notes.add(
            ImageSet.NO_CONTRIBUTIONS
                + run.folder().resolve("best.csv")
                + " has no column "
                + PixelRow.DELTA
                + "; name the classifier by --model to have it measured");
        return Optional.empty();
      }
    }
    return Optional.of(runs.stream().map(run -> run.contributions().orElseThrow()).toList());
  }

  /** What evolve wrote down; empty where it is missing or bad. */
  private Optional<JsonNode> manifest() throws IOException {
    if (!Files.exists(Manifest.file(folder))) {
      notes.add("no " + Manifest.NAME + ": named by its folder, taken for black on white");
      return Optional.empty();
    }
    JsonNode content;
    try {
      content = JsonFile.read(Manifest.file(folder));
    } catch (IOException e) {
      bad.found(e);
      return Optional.empty();
    }
    Manifest.check(folder, content);
    return Optional.of(content);
  }

  private Tones tones(Optional<JsonNode> manifest) throws IOException {
    Tones usual = Tones.standard();
    try {
      return manifest.map(EvolvedTones::of).orElse(usual);
    } catch (IllegalArgumentException e) {
      bad.found(new IOException(Manifest.file(folder) + ": " + e.getMessage(), e));
      return usual;
    }
  }

  /** Takes the model's name from it; notes what was not finished. */
  private void describe(JsonNode manifest, int runs) {
    name = manifest.at("/model/name").asText(name);
    String status = manifest.path("status").asText("done");
    int planned = manifest.path("runs").asInt(runs);
    if (!status.equals("done") || planned != runs) {
      notes.add("its manifest says " + status + ", " + planned + " runs; " + runs + " are drawn");
    }
  }
}
