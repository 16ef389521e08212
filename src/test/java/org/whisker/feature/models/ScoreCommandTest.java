package org.whisker.feature.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.ModelStore;
import org.whisker.cli.TinyModels;
import org.whisker.command.CommandFixture;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.ImageFiles;
import org.whisker.image.Resample;
import org.whisker.torch.Classifiers;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;

class ScoreCommandTest extends CommandFixture {
  private Path exact = Path.of("");
  private Path other = Path.of("");

  @BeforeEach
  void modelAndPictures() throws IOException {
    TinyModels.save(home, "tiny");
    exact = home.resolve("a, b.png");
    other = Files.createDirectories(home.resolve("folder")).resolve("other.png");
    ImageFiles.writePng(exact, TinyModels.picture(TinyModels.SIDE, TinyModels.SIDE, 0.4, 1));
    ImageFiles.writePng(other, TinyModels.picture(50, 40, 0.6, 2));
    Files.writeString(home.resolve("folder/notes.txt"), "no image");
  }

  private int score(Path... files) {
    List<String> args = new ArrayList<>(List.of("score", "--model", "tiny", "--device", "cpu"));
    for (Path file : files) {
      args.add(file.toString());
    }
    return test.run(ScoreCommand::new, args.toArray(String[]::new));
  }

  private float logit(GrayImage picture) throws IOException {
    var model = new ModelStore(home.resolve("models")).open("tiny");
    var run = TorchClassifier.Settings.cpu(Precision.FLOAT32);
    try (Classifier classifier = Classifiers.open(model, run)) {
      return classifier.logits(List.of(picture))[0];
    }
  }

  @Test
  void scoresImagesAndFoldersAsCsv() throws IOException {
    assertEquals(0, score(exact, home.resolve("folder")), test.err());
    GrayImage resized =
        Resample.shorterSideThenCentreCrop(
            ImageFiles.readGray(other), Canvas.square(TinyModels.SIDE));
    float first = logit(ImageFiles.readGray(exact));
    float second = logit(resized);
    assertTrue(first != second, "the two pictures must differ");
    List<String> lines = test.out().lines().toList();
    assertEquals("file,logit,p_target", lines.get(0));
    assertCells('"' + exact.toString() + '"', first, lines.get(1));
    assertCells(other.toString(), second, lines.get(2));
    assertEquals(3, lines.size());
    assertTrue(test.err().contains("1 of 2 images resized to 32x32"), test.err());
  }

  /** As diagnose wants its photos: a folder for each class. */
  @Test
  void aFolderOfFoldersIsScored() throws IOException {
    Path cats = Files.createDirectories(home.resolve("photos/beagle")).resolve("one.png");
    Path dogs = Files.createDirectories(home.resolve("photos/others")).resolve("two.png");
    Files.copy(exact, cats);
    Files.copy(other, dogs);
    assertEquals(0, score(home.resolve("photos")), test.err());
    List<String> lines = test.out().lines().toList();
    assertEquals(3, lines.size(), test.out());
    assertTrue(lines.get(1).startsWith(cats + ",") && lines.get(2).startsWith(dogs + ","));
  }

  @Test
  void anEvolvedImageOfAnotherSizeIsScoredOnlyWhenAskedFor() throws IOException {
    Path best = home.resolve("best.png");
    ImageFiles.writePng(best, BlackPixels.of(new Canvas(40, 40), 7, 70));
    assertEquals(1, score(exact, best));
    assertTrue(test.err().contains("best.png has single pixels"), test.err());
    assertEquals(2, test.out().lines().count(), "the other is scored");
    assertEquals(0, score(best, Path.of("--resize")), test.err());
    assertEquals(4, test.out().lines().count());
  }

  @Test
  void whiteIsAnImageUnlessAFileHasThatName() throws IOException {
    assertEquals(0, score(Path.of("white")), test.err());
    List<String> lines = test.out().lines().toList();
    assertCells(
        "white",
        logit(GrayImage.of(BlackPixels.none(Canvas.square(TinyModels.SIDE)))),
        lines.get(1));
  }

  private static void assertCells(String file, float logit, String line) {
    assertTrue(line.startsWith(file + ","), line);
    String[] numbers = line.substring(file.length() + 1).split(",", -1);
    assertEquals(logit, Float.parseFloat(numbers[0]), 1e-4f * Math.max(1, Math.abs(logit)));
    double read = Float.parseFloat(numbers[0]);
    assertEquals(Classifier.catProbability(read), Double.parseDouble(numbers[1]));
  }

  @Test
  void aPhotoOfAKindThatIsNotReadIsSaidToBeLeftOut() throws IOException {
    Path mixed = Files.createDirectory(home.resolve("mixed"));
    Files.copy(exact, mixed.resolve("a.png"));
    Files.writeString(mixed.resolve("notes.txt"), "nothing that a camera makes");
    Files.writeString(mixed.resolve("b.avif"), "\0\0\0\u0018ftypavif\0\0\0\0mif1avif");
    Files.writeString(mixed.resolve("c.HEIC"), "\0\0\0\u0018ftypheic\0\0\0\0mif1heic");
    assertEquals(1, score(mixed));
    assertEquals(2, test.out().lines().count(), test.out());
    assertEquals(2, test.err().lines().count(), test.err());
    assertTrue(test.err().contains("b.avif is an AVIF, which is not read; convert"), test.err());
    assertTrue(test.err().contains("c.HEIC is a HEIC or a video, which is not"), test.err());
  }

  @Test
  void goesOnAfterAnUnreadableImage() throws IOException {
    Path broken = home.resolve("broken.png");
    Files.writeString(broken, "no png");
    Path empty = Files.createDirectory(home.resolve("empty"));
    assertEquals(1, score(broken, home.resolve("missing.png"), empty, exact));
    assertEquals(2, test.out().lines().count(), test.out());
    assertEquals(3, test.err().lines().count(), test.err());
    assertTrue(test.err().contains(broken.toString()), test.err());
    assertTrue(test.err().contains("missing.png"), test.err());
    assertTrue(test.err().contains(empty + " has no images"), test.err());
  }

  @Test
  void wrongUsage() {
    assertEquals(2, score());
    assertEquals(2, test.run(ScoreCommand::new, "score", "--model=tiny", "--precision=x", "a"));
    assertTrue(test.err().contains("float32 or bfloat16, was 'x'"), test.err());
    assertEquals(1, test.run(ScoreCommand::new, "score", "--model=none", "a"));
    assertTrue(test.err().contains("there are tiny"), test.err());
    assertEquals(1, test.run(ScoreCommand::new, "score", "--model=tinny", "a"));
    assertTrue(test.err().contains("tinny (like tiny?)"), test.err());
  }
}
