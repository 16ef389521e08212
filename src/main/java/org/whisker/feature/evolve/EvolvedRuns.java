package org.whisker.feature.evolve;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.whisker.evolution.result.EvolvedImageFiles;
import org.whisker.evolution.result.EvolvedImageFiles.PixelRow;
import org.whisker.evolution.result.RunSummary;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.ImageFiles;
import org.whisker.image.Tones;
import org.whisker.io.Manifest;
import org.whisker.page.replay.Replay;
import org.whisker.page.replay.ReplayFiles;

/**
 * The runs of an experiment, read back from its folder.
 *
 * @param summaries in the order of their numbers
 * @param images final images of the runs that have one, the most cat-like first
 * @param replays histories of the runs that have one, the most cat-like first
 */
record EvolvedRuns(
    Path folder,
    JsonNode manifest,
    Tones tones,
    List<RunSummary> summaries,
    List<Image> images,
    List<Grown> replays) {
  record Image(int run, RunSummary.Numbers numbers, BlackPixels pixels) {}

  record Grown(int run, Replay replay) {}

  EvolvedRuns {
    summaries = List.copyOf(summaries);
    images = List.copyOf(images);
    replays = List.copyOf(replays);
  }

  static EvolvedRuns read(Path folder) throws IOException {
    JsonNode manifest = Manifest.read(folder);
    Tones tones = EvolvedImageFiles.tones(manifest);
    List<RunSummary> summaries = RunSummary.TABLE.read(folder.resolve(RunSummary.FILE));
    List<Image> images = new ArrayList<>();
    List<Grown> replays = new ArrayList<>();
    Comparator<RunSummary> order =
        Comparator.comparingDouble(run -> -run.numbers().orElseThrow().catProbability());
    for (RunSummary run :
        summaries.stream().filter(r -> r.numbers().isPresent()).sorted(order).toList()) {
      Path own = own(folder, run.run());
      Optional<BlackPixels> image = image(own);
      if (image.isPresent()) {
        images.add(new Image(run.run(), run.numbers().orElseThrow(), image.get()));
        ReplayFiles.ofRun("run " + run.run(), own, image.get().canvas(), tones)
            .ifPresent(replay -> replays.add(new Grown(run.run(), replay)));
      }
    }
    return new EvolvedRuns(folder, manifest, tones, summaries, images, replays);
  }

  private static Path own(Path folder, int run) {
    return folder.resolve("runs").resolve(Integer.toString(run));
  }

  /** The picture has the size, the table the pixels. */
  private static Optional<BlackPixels> image(Path run) throws IOException {
    Path picture = run.resolve(EvolvedImageFiles.BEST + ".png");
    Path table = run.resolve(EvolvedImageFiles.BEST + ".csv");
    if (!Files.isRegularFile(picture) || !Files.isRegularFile(table)) {
      return Optional.empty();
    }
    Canvas canvas = ImageFiles.readGray(picture).canvas();
    try {
      return Optional.of(PixelRow.image(canvas, PixelRow.TABLE.read(table)));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IOException(table + ": " + e.getMessage(), e);
    }
  }

  String model() {
    return manifest.path("model").path("name").asText("a model");
  }

  boolean isTowardsCat() {
    String wanted = manifest.path("evolution").path("target_class").asText();
    return List.of("", "target", "cat").contains(wanted);
  }

  /** All tables, relative to the folder. */
  List<String> files() {
    List<String> files = new ArrayList<>(List.of(Manifest.NAME, RunSummary.FILE));
    for (RunSummary run : summaries) {
      for (String name : EvolvePage.linked()) {
        Path file = own(folder, run.run()).resolve(name);
        if (Files.isRegularFile(file)) {
          files.add(folder.relativize(file).toString().replace('\\', '/'));
        }
      }
    }
    return files;
  }
}
