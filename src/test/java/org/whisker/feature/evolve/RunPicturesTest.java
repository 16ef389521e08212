package org.whisker.feature.evolve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.chart.kit.Drawing;
import org.whisker.evolution.Evolution.GenerationStats;
import org.whisker.evolution.result.BestHistory;
import org.whisker.feature.evolve.RunPictures.RunFrame;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Tone;
import org.whisker.image.Tones;
import org.whisker.random.SplitMix64;
import org.whisker.table.Table.TableWriter;

class RunPicturesTest {
  private static final Canvas CANVAS = new Canvas(20, 10);
  @TempDir Path folder = Path.of("");

  private Path generations() {
    return folder.resolve("generations.csv");
  }

  private Path history() {
    return folder.resolve("best-history.csv");
  }

  /** Writes a run's files; every third generation has the image of the one before. */
  private List<BlackPixels> run(Canvas canvas, int last) throws IOException {
    SplitMix64 random = new SplitMix64(5);
    List<BlackPixels> images = new ArrayList<>();
    BlackPixels before = BlackPixels.none(canvas);
    try (TableWriter<GenerationStats> rows = GenerationStats.TABLE.writer(generations());
        TableWriter<BestHistory.Change> changes = BestHistory.TABLE.writer(history())) {
      for (int g = 0; g <= last; g++) {
        BlackPixels now = g % 3 == 2 ? before : changed(before, random);
        rows.row(stats(g, now.count()));
        BestHistory.append(changes, g, before, now);
        images.add(now);
        before = now;
      }
      rows.finish();
      changes.finish();
    }
    return images;
  }

  private static BlackPixels changed(BlackPixels image, SplitMix64 random) {
    int pixels = image.canvas().pixels();
    BlackPixels now = image.count() > 0 ? image.without(image.get(0)) : image;
    return now.with(random.nextInt(pixels)).with(random.nextInt(pixels));
  }

  private static GenerationStats stats(int g, int pixels) {
    double p = g / (g + 10.0);
    return new GenerationStats(g, 0, 0, 0, p, 0, pixels, OptionalDouble.of(0.5), 0.25, 10L * g, g);
  }

  @Test
  void theHistoryGivesEveryImageBack() throws IOException {
    List<BlackPixels> images = run(CANVAS, 50);
    List<BlackPixels> back = new ArrayList<>();
    BestHistory.replay(
        history(),
        CANVAS,
        (generation, image) -> {
          while (back.size() < generation) {
            back.add(back.get(back.size() - 1)); // no rows: as before
          }
          back.add(image);
        });
    while (back.size() < images.size()) {
      back.add(back.get(back.size() - 1));
    }
    assertEquals(images, back);
    assertEquals("generation,x,y,black", Files.readAllLines(history()).get(0));
    BlackPixels first = images.get(0);
    String row = "0,%d,%d,1".formatted(CANVAS.x(first.get(0)), CANVAS.y(first.get(0)));
    assertEquals(row, Files.readAllLines(history()).get(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0,20,0,1", "0,0,-1,1", "0,1,1,2", "-1,1,1,1", "0,1,1,0", "4,1,1,1\n3,2,2,1"})
  void anImpossibleHistoryIsNamed(String rows) throws IOException {
    Files.writeString(history(), "generation,x,y,black\n" + rows + "\n");
    IOException e =
        assertThrows(
            IOException.class, () -> BestHistory.replay(history(), CANVAS, (generation, i) -> {}));
    assertTrue(e.toString().contains(history() + ":"), e.getMessage());
  }

  @Test
  void framesAreThoseInWhichTheImageCameUp() throws IOException {
    List<BlackPixels> images = run(CANVAS, 50);
    List<RunFrame> frames =
        RunFrame.read(generations(), history(), CANVAS, new TreeSet<>(List.of(0, 1, 5, 20, 50)));
    // 5, 20 and 50 repeat the image of the generation before
    assertEquals(List.of(0, 1, 4, 19, 49), frames.stream().map(RunFrame::generation).toList());
    for (RunFrame frame : frames) {
      assertEquals(images.get(frame.generation()), frame.image());
      assertEquals(frame.generation() / (frame.generation() + 10.0), frame.catProbability());
    }
    assertEquals(
        List.of(
            "generation 19", "p(target) 0.655", frames.get(3).image().count() + " pixels, E 0.500"),
        frames.get(3).captions());
  }

  @Test
  void spacesGenerationsByTheirLogarithm() {
    assertEquals(List.of(0), List.copyOf(RunFrame.logSpaced(0, 10)));
    assertEquals(List.of(0, 1), List.copyOf(RunFrame.logSpaced(1, 10)));
    assertEquals(List.of(0, 1, 10, 100, 1000), List.copyOf(RunFrame.logSpaced(1000, 5)));
    assertTrue(RunFrame.logSpaced(100_000, 60).size() <= 60);
  }

  @Test
  void theAnimationIsSmallAndAlwaysTheSame() throws IOException {
    run(CANVAS, 400);
    Path gif = folder.resolve("best.gif");
    RunPictures.writeBestGif(gif, generations(), history(), CANVAS, 400, Tones.standard());
    byte[] bytes = Files.readAllBytes(gif);
    RunPictures.writeBestGif(gif, generations(), history(), CANVAS, 400, Tones.standard());
    assertArrayEquals(bytes, Files.readAllBytes(gif));
    assertTrue(bytes.length < RunPictures.MOST_BYTES, "takes " + bytes.length);
    assertTrue(
        new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).contains("NETSCAPE2.0"));
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    try (ImageInputStream in = ImageIO.createImageInputStream(gif.toFile())) {
      reader.setInput(in);
      int frames = reader.getNumImages(true);
      assertTrue(frames > 20 && frames <= RunPictures.MOST_FRAMES, frames + " frames");
      assertLastFrameShowsTheLastImage(reader.read(frames - 1));
    }
  }

  private void assertLastFrameShowsTheLastImage(BufferedImage frame) throws IOException {
    List<BlackPixels> images = run(CANVAS, 400);
    BlackPixels last = images.get(400);
    int left = (frame.getWidth() - 4 * CANVAS.width()) / 2;
    for (int pixel = 0; pixel < CANVAS.pixels(); pixel++) {
      int rgb = frame.getRGB(left + 4 * CANVAS.x(pixel) + 1, 4 + 4 * CANVAS.y(pixel) + 1);
      assertEquals(last.contains(pixel) ? 0xff000000 : 0xffffffff, rgb, "pixel " + pixel);
    }
  }

  @Test
  void aLargeNoisyCanvasStaysBelowTheLimit() throws IOException {
    Canvas canvas = Canvas.square(299);
    SplitMix64 random = new SplitMix64(1);
    BlackPixels before = BlackPixels.none(canvas);
    try (TableWriter<GenerationStats> rows = GenerationStats.TABLE.writer(generations());
        TableWriter<BestHistory.Change> changes = BestHistory.TABLE.writer(history())) {
      for (int g = 0; g <= 20; g++) {
        BlackPixels now = BlackPixels.of(canvas, random.ints(20_000, 0, canvas.pixels()).toArray());
        rows.row(stats(g, now.count()));
        BestHistory.append(changes, g, before, now);
        before = now;
      }
      rows.finish();
      changes.finish();
    }
    Path gif = folder.resolve("best.gif");
    RunPictures.writeBestGif(gif, generations(), history(), canvas, 20, Tones.standard());
    assertTrue(Files.size(gif) <= RunPictures.MOST_BYTES, "takes " + Files.size(gif));
  }

  @Test
  void theStripHasAFrameForEachStage() throws IOException {
    run(CANVAS, 1000);
    Drawing strip = RunPictures.filmstrip(generations(), history(), CANVAS, 1000, Tones.standard());
    BufferedImage image = ImageIO.read(new java.io.ByteArrayInputStream(strip.png(1).bytes()));
    assertEquals(strip.width(), image.getWidth());
    assertTrue(strip.width() > 5 * 256 && strip.height() > 2 * 128, strip.width() + " wide");
    assertArrayEquals(strip.png(1).bytes(), strip.png(1).bytes());
  }

  @Test
  void picturesAreInTheTonesOfTheRun() throws IOException {
    List<BlackPixels> images = run(CANVAS, 20);
    Tones tones = new Tones(0.3f, 0.85f);
    Path gif = folder.resolve("best.gif");
    RunPictures.writeBestGif(gif, generations(), history(), CANVAS, 20, tones);
    BufferedImage first = ImageIO.read(gif.toFile());
    int pixel = images.get(0).get(0);
    int left = (first.getWidth() - 4 * CANVAS.width()) / 2;
    assertGray(77, first, left + 4 * CANVAS.width() - 1, 4 + 4 * CANVAS.height() - 1);
    assertGray(217, first, left + 4 * CANVAS.x(pixel), 4 + 4 * CANVAS.y(pixel));
    assertGray(255, first, 0, 0);
    Drawing strip = RunPictures.filmstrip(generations(), history(), CANVAS, 20, tones);
    BufferedImage image = ImageIO.read(new java.io.ByteArrayInputStream(strip.png(1).bytes()));
    int zoom = Math.round(256f / Math.max(CANVAS.width(), CANVAS.height()));
    assertGray(217, image, 1 + zoom * CANVAS.x(pixel), 1 + zoom * CANVAS.y(pixel));
    assertGray(77, image, zoom * CANVAS.width(), zoom * CANVAS.height());
  }

  @Test
  void picturesAreInTheColoursOfTheRun() throws IOException {
    List<BlackPixels> images = run(CANVAS, 20);
    Tones tones = new Tones(Tone.parse("#ffcc00"), Tone.parse("#3366ff"));
    Path gif = folder.resolve("best.gif");
    RunPictures.writeBestGif(gif, generations(), history(), CANVAS, 20, tones);
    BufferedImage first = ImageIO.read(gif.toFile());
    int pixel = images.get(0).get(0);
    int left = (first.getWidth() - 4 * CANVAS.width()) / 2;
    assertColor(0xffcc00, first, left + 4 * CANVAS.width() - 1, 4 + 4 * CANVAS.height() - 1);
    assertColor(0x3366ff, first, left + 4 * CANVAS.x(pixel), 4 + 4 * CANVAS.y(pixel));
    Drawing strip = RunPictures.filmstrip(generations(), history(), CANVAS, 20, tones);
    BufferedImage image = ImageIO.read(new java.io.ByteArrayInputStream(strip.png(1).bytes()));
    int zoom = Math.round(256f / Math.max(CANVAS.width(), CANVAS.height()));
    assertColor(0x3366ff, image, 1 + zoom * CANVAS.x(pixel), 1 + zoom * CANVAS.y(pixel));
    assertColor(0xffcc00, image, zoom * CANVAS.width(), zoom * CANVAS.height());
  }

  private static void assertGray(int level, BufferedImage image, int x, int y) {
    assertColor(level * 0x010101, image, x, y);
  }

  private static void assertColor(int rgb, BufferedImage image, int x, int y) {
    assertEquals(rgb, image.getRGB(x, y) & 0xffffff, "at " + x + ", " + y);
  }
}
