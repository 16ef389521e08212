package org.whisker.cli.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.whisker.classifier.Classifier;
import org.whisker.cli.shared.CommonOptions;
import org.whisker.cli.shared.Environment;
import org.whisker.cli.shared.Errors;
import org.whisker.cli.shared.ExitCode;
import org.whisker.cli.shared.ModelOption;
import org.whisker.cli.shared.RunningOptions;
import org.whisker.dataset.PhotoFolder;
import org.whisker.image.ImageFiles;
import org.whisker.image.Raster;
import org.whisker.io.CsvText;
import org.whisker.study.input.Pictures;
import org.whisker.torch.Classifiers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code whisker score}: p(cat) of pictures. */
@Command(
    name = "score",
    description = {
      "Prints p(cat) of images as CSV: file, logit (of not-cat), p_cat.",
      "An image whose size differs from the classifier's input is resized by its shorter side and"
          + " centre-cropped."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  whisker score --model vgg16-mini cat.jpg white.png",
      "  whisker score --model vgg16-mini photos/ > scores.csv"
    })
public final class ScoreCommand implements Callable<Integer> {
  private static final int BATCH = 100;

  private final Environment environment;
  @Mixin private final CommonOptions common = new CommonOptions();
  @Mixin private final ModelOption model = new ModelOption();
  @Mixin private final RunningOptions running = new RunningOptions();

  @Parameters(
      arity = "1..*",
      paramLabel = "IMAGE",
      description = "Images, or folders, of which all images are scored.")
  private List<Path> images = List.of();

  private int failures;

  public ScoreCommand(Environment environment) {
    this.environment = environment;
  }

  private record Picture(Path file, Raster pixels) {}

  @Override
  public Integer call() throws IOException {
    var run = running.settings(BATCH);
    try (Classifier classifier = Classifiers.openAny(model.open(environment.home()), run)) {
      List<Path> files = files();
      environment.out().print(CsvText.line("file", "logit", "p_cat"));
      for (int from = 0; from < files.size(); from += BATCH) {
        int to = Math.min(files.size(), from + BATCH);
        score(classifier, files.subList(from, to));
        if (common.verbose()) {
          environment.err().println(to + " of " + files.size());
        }
      }
    }
    return failures == 0 ? ExitCode.OK : ExitCode.FAILURE;
  }

  private void score(Classifier classifier, List<Path> files) {
    List<Picture> pictures = new ArrayList<>();
    for (Path file : files) {
      try {
        Raster read = ImageFiles.readGray(file);
        pictures.add(new Picture(file, Pictures.fitted(read, classifier.canvas())));
      } catch (IOException e) {
        passOver(e);
      }
    }
    float[] logits = classifier.logits(pictures.stream().map(Picture::pixels).toList());
    for (int i = 0; i < logits.length; i++) {
      Path file = pictures.get(i).file();
      double cat = Classifier.catProbability(logits[i]);
      environment.out().print(CsvText.line(file, logits[i], cat));
    }
  }

  private List<Path> files() {
    List<Path> files = new ArrayList<>();
    for (Path image : images) {
      try {
        files.addAll(Files.isDirectory(image) ? imagesIn(image) : List.of(image));
      } catch (IOException e) {
        passOver(e);
      }
    }
    return files;
  }

  private static List<Path> imagesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found =
          files
              .filter(file -> PhotoFolder.isImage(String.valueOf(file.getFileName())))
              .filter(Files::isRegularFile)
              .sorted((a, b) -> a.toString().compareTo(b.toString()))
              .toList();
      if (found.isEmpty()) {
        throw new IOException(folder + " has no images; name a folder that has");
      }
      return found;
    }
  }

  private void passOver(IOException e) {
    failures++;
    environment.err().println("whisker: " + Errors.of(e).line());
  }
}
