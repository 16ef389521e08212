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
import org.whisker.evolution.Evolution.GenerationStats;
import org.whisker.evolution.result.BestHistory;
import org.whisker.evolution.result.EvolvedImageFiles;
import org.whisker.evolution.result.EvolvedImageFiles.PixelRow;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.ImageFiles;
import org.whisker.image.Tones;
import org.whisker.io.Csv.CsvRow;
import org.whisker.io.JsonFile;
import org.whisker.io.Manifest;
import org.whisker.job.input.ImageSet.NamedImage;
import org.whisker.job.input.PictureReader.BadInputs;
import org.whisker.job.input.PixelCsv.PixelRows;
import org.whisker.position.BlackTime;
import org.whisker.position.BlackTime.AllGenerations;
import org.whisker.position.PixelContributions;
import org.whisker.position.PixelMap;
import org.whisker.table.Table;
import org.whisker.value.Text;

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
      return manifest.map(EvolvedImageFiles::tones).orElse(usual);
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

  /**
   * One folder {@code runs/N} that evolve wrote.
   *
   * @param best the image of {@code best.png}, which {@code best.csv} agrees with
   * @param contributions where {@code best.csv} has them
   */
  record EvolvedRun(Path folder, NamedImage best, Optional<PixelContributions> contributions) {
    private static final Table<Numbered> GENERATIONS = Table.of(Numbered.class);

    /** All that is wanted of a row of {@value GenerationStats#FILE}. */
    private record Numbered(long generation) {}

    /**
     * Reads one.
     *
     * @param tones the colours that its picture was painted in
     */
    static EvolvedRun read(Path folder, Tones tones) throws IOException {
      Path png = existing(folder, "best.png");
      Path csv = existing(folder, "best.csv");
      Tones written = new Tones(tones.background().rounded(), tones.ink().rounded());
      BlackPixels drawn = written.inked(ImageFiles.read(png, written.planes()));
      PixelRows rows = new PixelRows(drawn.canvas());
      List<String> header = PixelRow.TABLE.scan(csv, rows::add);
      BlackPixels listed = rows.image(csv.toString());
      if (!listed.equals(drawn)) {
        throw new IOException(
            Text.of(
                "%s lists %d pixels, %s shows %d others or elsewhere; one of them was changed",
                csv, listed.count(), png.getFileName(), drawn.count()));
      }
      return new EvolvedRun(
          folder,
          new NamedImage(png, drawn),
          header.contains(PixelRow.DELTA)
              ? Optional.of(rows.contributions(drawn))
              : Optional.empty());
    }

    private static Path existing(Path folder, String name) throws IOException {
      Path file = folder.resolve(name);
      if (!Files.exists(file)) {
        throw new IOException(
            folder + " has no " + name + ": the run did not end; remove it, or use --skip-bad");
      }
      return file;
    }

    boolean hasHistory() {
      return Files.exists(folder.resolve(BestHistory.FILE));
    }

    /** The time for which each pixel was black, from the history of the best image. */
    BlackTime history() throws IOException {
      Canvas canvas = best.image().canvas();
      Path generations = folder.resolve(GenerationStats.FILE);
      Span span = new Span();
      GENERATIONS.scan(generations, span::add);
      if (span.first < 0) {
        throw new IOException(generations + " has no generation");
      }
      BlackTime time = new BlackTime(canvas, span.first, span.last);
      Path history = folder.resolve(BestHistory.FILE);
      BestHistory.TABLE.scan(history, (change, at) -> add(change, at, time));
      return time;
    }

    private void add(BestHistory.Change change, CsvRow at, BlackTime time) throws IOException {
      PixelRow.index(best.image().canvas(), change.x(), change.y(), at);
      try {
        time.change(change.generation(), change.x(), change.y(), change.black());
      } catch (IllegalArgumentException e) {
        throw at.error(String.valueOf(e.getMessage()));
      }
    }

    /** The first and the last generation of a table that has each in its turn. */
    private static final class Span {
      private int first = -1;
      private int last = -1;

      void add(Numbered row, CsvRow at) throws IOException {
        long generation = row.generation();
        if (first < 0 && generation >= 0 && generation < Integer.MAX_VALUE) {
          first = (int) generation;
        } else if (first < 0 || generation != last + 1L) {
          throw at.error(
              "generation is " + generation + (first < 0 ? "" : ", expected " + (last + 1L)));
        }
        last = (int) generation;
      }
    }
  }
}
