package org.whisker.fuzz;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.whisker.classifier.ClassNames;
import org.whisker.classifier.ModelStore;
import org.whisker.dataset.PhotoFolder;
import org.whisker.dataset.PhotoTable;
import org.whisker.evolution.RunCheckpoint;
import org.whisker.evolution.result.EvolvedImageFiles.PixelRow;
import org.whisker.feature.ablate.AblateConfig;
import org.whisker.feature.evolve.EvolvePage;
import org.whisker.feature.explain.ReportPage;
import org.whisker.feature.play.RequestDecoder;
import org.whisker.feature.play.StateCode;
import org.whisker.feature.sweep.ResultDecoder;
import org.whisker.feature.sweep.SweepSpec;
import org.whisker.image.Canvas;
import org.whisker.image.ImageFiles;
import org.whisker.io.Csv;
import org.whisker.io.Npy;
import org.whisker.job.JobManifest;
import org.whisker.job.input.HeatmapInputs;
import org.whisker.job.input.PictureReader.BadInputs;
import org.whisker.onnx.OnnxModel;
import org.whisker.torch.ModuleDecoder;
import org.whisker.training.CheckpointDecoder;
import org.whisker.weights.Safetensors;

/**
 * Everything that whisker reads and somebody else may have written. What libtorch itself reads, a
 * module's archive behind its check, is not among it.
 */
final class Decoders {
  private static final Canvas CANVAS = Canvas.square(12);
  private static final int CACHE = 1 << 10;
  private static final String MANIFEST = "manifest.json";

  static final List<Decoder> QUICK =
      List.of(
          Decoder.file("safetensors", "weights.safetensors", Decoders::tensors),
          new Decoder("card", List.of("model.json"), f -> new ModelStore(f).card(f.toString())),
          Decoder.file("onnx", "model.onnx", f -> OnnxModel.read(f, Optional.empty())),
          Decoder.file("module", "model.pt", ModuleDecoder::read),
          Decoder.file("picture", "picture", ImageFiles::readGray),
          Decoder.file("npy", "map.npy", Npy::read),
          Decoder.file("csv", "table.csv", Decoders::table),
          Decoder.file("photos", "photos.csv", f -> PhotoTable.open(f).forTraining()),
          new Decoder("origins", List.of("MANIFEST.csv"), Decoders::origins),
          Decoder.file("classes", "classes.txt", ClassNames::read),
          new Decoder("manifest", List.of(MANIFEST), Decoders::manifest),
          Decoder.file("spec", "sweep.yaml", SweepSpec::read),
          Decoder.file("tasks", "tasks.jsonl", ResultDecoder::tasks),
          Decoder.file("result", "result.json", ResultDecoder::read),
          Decoder.file("checkpoint", "checkpoint.bin", Decoders::checkpoint),
          Decoder.file("training", "checkpoint.safetensors", CheckpointDecoder::read),
          Decoder.file("state", "state.txt", Decoders::state),
          Decoder.file("request", "request.json", RequestDecoder::read),
          new Decoder("evolved", FolderSeeds.evolved(), Decoders::evolved));

  /** Pages drawn from folders, each of which takes a good part of a second. */
  static final List<Decoder> PAGES =
      List.of(
          new Decoder("report", FolderSeeds.report(), ReportPage::write),
          new Decoder("evolve-page", FolderSeeds.evolved(), Decoders::evolvePage));

  static final List<Decoder> ALL = Stream.concat(QUICK.stream(), PAGES.stream()).toList();

  private Decoders() {}

  static Decoder of(String name) {
    return ALL.stream()
        .filter(decoder -> decoder.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no decoder " + name));
  }

  private static void tensors(Path file) throws IOException {
    Safetensors tensors = Safetensors.open(file);
    for (String name : tensors.names()) {
      tensors.shape(name);
      tensors.floats(name);
    }
  }

  private static void table(Path file) throws IOException {
    Csv.read(file);
    PixelRow.TABLE.read(file);
  }

  private static void origins(Path folder) throws IOException {
    for (String photo : List.of("cat/a_1.png", "not_cat/b.png")) {
      Path file = folder.resolve(photo);
      Files.createDirectories(file.getParent());
      Files.write(file, new byte[0]);
    }
    PhotoFolder.open(folder);
  }

  private static void manifest(Path folder) throws IOException {
    JobManifest manifest = JobManifest.open(folder, "ablate");
    manifest.arguments();
    manifest.changed();
    manifest.recorded(AblateConfig.class);
  }

  private static void checkpoint(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    RunCheckpoint.read(in, bytes.length, CANVAS, CACHE);
  }

  private static void state(Path file) throws IOException {
    StateCode.read(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1));
  }

  /** Reads a folder as commands do that take what evolve wrote. */
  private static void evolved(Path folder) throws IOException {
    new HeatmapInputs(Optional.empty(), new BadInputs(true), true).read(List.of(folder));
  }

  private static void evolvePage(Path folder) throws IOException {
    if (EvolvePage.isFor(folder)) {
      EvolvePage.write(folder);
    }
  }

  /** Files of a folder, relative to it, sorted. */
  static List<String> files(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
