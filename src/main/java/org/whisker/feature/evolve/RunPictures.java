package org.whisker.feature.evolve;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jspecify.annotations.Nullable;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.PictureFigure;
import org.whisker.chart.kit.Row;
import org.whisker.evolution.Evolution.GenerationStats;
import org.whisker.evolution.result.BestHistory;
import org.whisker.evolution.result.EvolvedImageFiles;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.ImageFiles;
import org.whisker.image.Tone;
import org.whisker.image.Tones;
import org.whisker.io.AtomicFiles;
import org.whisker.io.Decimals;
import org.whisker.io.Manifest;

/**
 * The development of the best image of a run: {@code filmstrip.png} and {@code best.gif}, from its
 * {@code generations.csv} and {@code best-history.csv}. The colours are those in the experiment's
 * manifest, two folders up; black on white without a manifest.
 */
public final class RunPictures implements FolderChart {
  @Override
  public void draw(Path folder, ChartFiles files) throws IOException {
    Path generations = folder.resolve(GenerationStats.FILE);
    Path history = folder.resolve(BestHistory.FILE);
    Path best = folder.resolve(EvolvedImageFiles.BEST + ".png");
    if (!GenerationStats.TABLE.isIn(generations)
        || !BestHistory.TABLE.isIn(history)
        || !Files.exists(best)) {
      return;
    }
    Canvas canvas = ImageFiles.readGray(best).canvas();
    Tones tones = tones(folder);
    int last = last(generations);
    files.write(folder, "filmstrip", filmstrip(generations, history, canvas, last, tones));
    writeBestGif(folder.resolve("best.gif"), generations, history, canvas, last, tones);
  }

  private static int last(Path generations) throws IOException {
    AtomicInteger last = new AtomicInteger();
    GenerationStats.TABLE.scan(generations, (row, at) -> last.set(row.generation()));
    return last.get();
  }

  private static Tones tones(Path run) throws IOException {
    @Nullable Path runs = run.toAbsolutePath().getParent();
    @Nullable Path experiment = runs == null ? null : runs.getParent();
    if (experiment == null || !Manifest.isIn(experiment)) {
      return Tones.standard();
    }
    return EvolvedImageFiles.tones(Manifest.read(experiment));
  }

  private static final int FRAMES = 10;
  private static final int ACROSS = 5;
  private static final int GAP = 18;

  /**
   * Draws the development of the fittest image of a run from its files: a selection of generations,
   * more densely spaced at the beginning.
   *
   * @param last the last generation
   * @param tones the colours that the images are painted in
   */
  static Drawing filmstrip(Path generations, Path history, Canvas canvas, int last, Tones tones)
      throws IOException {
    List<RunFrame> frames =
        RunFrame.read(generations, history, canvas, RunFrame.logSpaced(last, FRAMES));
    return Row.lines(ACROSS, GAP, GAP, frames.stream().map(frame -> figure(frame, tones)).toList());
  }

  private static PictureFigure figure(RunFrame frame, Tones tones) {
    return PictureFigure.ofPixels(
        tones.painted(frame.image()), frame.captions().toArray(String[]::new));
  }

  /** Maximum file size in bytes; frames are dropped to stay below it. */
  static final int MOST_BYTES = 1_000_000;

  static final int MOST_FRAMES = 60;
  private static final int FEWEST_FRAMES = 8;
  private static final int SIDE =
      384; // approximate width; each canvas pixel is a whole number of pixels
  private static final int CAPTION = 24;
  private static final int MARGIN = 4;
  private static final int LEAST_WIDTH = 300; // room for the caption
  private static final int GRAYS = 16; // few bits, but enough for antialiased text
  private static final int DELAY = 18; // hundredths of a second
  private static final int LAST_DELAY = 250;

  /**
   * Writes an animated GIF of a run's fittest image from its files, with a frame for each
   * generation in which it changed or, if there are many, for a selection evenly spaced on a
   * logarithmic scale. Each frame has a caption; the last one is shown longer.
   *
   * @param last the last generation
   * @param tones the colours that the images are painted in
   */
  static void writeBestGif(
      Path target, Path generations, Path history, Canvas canvas, int last, Tones tones)
      throws IOException {
    AtomicFiles.write(target, bytes(generations, history, canvas, last, tones));
  }

  private static byte[] bytes(Path generations, Path history, Canvas canvas, int last, Tones tones)
      throws IOException {
    for (int most = MOST_FRAMES; ; most = most * 3 / 4) {
      List<RunFrame> frames =
          RunFrame.read(generations, history, canvas, RunFrame.logSpaced(last, most));
      GifBuilder gif = new GifBuilder();
      for (int i = 0; i < frames.size(); i++) {
        gif.add(drawGif(frames.get(i), tones), i == frames.size() - 1 ? LAST_DELAY : DELAY);
      }
      byte[] bytes = gif.finish();
      if (bytes.length <= MOST_BYTES || most <= FEWEST_FRAMES) {
        return bytes;
      }
    }
  }

  static BufferedImage drawGif(RunFrame frame, Tones tones) {
    Canvas canvas = frame.image().canvas();
    int zoom = Math.min(4, Math.max(1, SIDE / Math.max(canvas.width(), canvas.height())));
    int w = canvas.width() * zoom;
    int h = canvas.height() * zoom;
    int width = Math.max(w, LEAST_WIDTH) + 2 * MARGIN;
    BufferedImage image =
        new BufferedImage(
            width, h + 2 * MARGIN + CAPTION, BufferedImage.TYPE_BYTE_INDEXED, palette(tones));
    Graphics2D g = image.createGraphics();
    Ink.prepare(g);
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, width, image.getHeight());
    int left = (width - w) / 2;
    g.setColor(Ink.FRAME);
    g.drawRect(left - 1, MARGIN - 1, w + 1, h + 1);
    paint(g, frame.image(), tones, zoom, left);
    String caption = String.join("   ", frame.captions());
    Ink.text(g, caption, Ink.LABEL, Ink.TEXT, width / 2.0, h + 2 * MARGIN + CAPTION - 9, 0.5);
    g.dispose();
    return image;
  }

  private static void paint(Graphics2D g, BlackPixels pixels, Tones tones, int zoom, int left) {
    Canvas canvas = pixels.canvas();
    g.setColor(color(tones.background()));
    g.fillRect(left, MARGIN, canvas.width() * zoom, canvas.height() * zoom);
    g.setColor(color(tones.ink()));
    for (int pixel : pixels.indices()) {
      int x = canvas.x(pixel);
      g.fillRect(left + x * zoom, MARGIN + canvas.y(pixel) * zoom, zoom, zoom);
    }
  }

  /** Evenly spaced grays, and the tones themselves when these are not black and white. */
  private static IndexColorModel palette(Tones tones) {
    List<Color> colors = new ArrayList<>();
    for (int i = 0; i < GRAYS; i++) {
      int level = i * 255 / (GRAYS - 1);
      colors.add(new Color(level, level, level));
    }
    boolean usual = tones.equals(Tones.standard());
    if (!usual) {
      colors.add(color(tones.background()));
      colors.add(color(tones.ink()));
    }
    return new IndexColorModel(
        usual ? 4 : 5,
        colors.size(),
        levels(colors, Color::getRed),
        levels(colors, Color::getGreen),
        levels(colors, Color::getBlue));
  }

  private static byte[] levels(List<Color> colors, ToIntFunction<Color> level) {
    byte[] levels = new byte[colors.size()];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) level.applyAsInt(colors.get(i));
    }
    return levels;
  }

  private static Color color(Tone tone) {
    return Color.decode(tone.hex());
  }

  /** An animated GIF in memory that loops indefinitely. The JDK encodes the frames. */
  static final class GifBuilder {
    private static final String FORMAT = "javax_imageio_gif_image_1.0";
    private static final byte[] FOREVER = {1, 0, 0};

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes);
    private final ImageWriter writer;
    private boolean first = true;

    GifBuilder() throws IOException {
      var writers = ImageIO.getImageWritersByFormatName("gif");
      if (!writers.hasNext()) {
        throw new IOException("this JDK writes no GIF");
      }
      writer = writers.next();
      writer.setOutput(out);
      writer.prepareWriteSequence(null);
    }

    /**
     * Appends a frame.
     *
     * @param image an image with a palette
     * @param delay duration of the frame in hundredths of a second
     */
    void add(BufferedImage image, int delay) throws IOException {
      IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), null);
      IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(FORMAT);
      IIOMetadataNode control = child(root, "GraphicControlExtension");
      control.setAttribute("disposalMethod", "none");
      control.setAttribute("userInputFlag", "FALSE");
      control.setAttribute("transparentColorFlag", "FALSE");
      control.setAttribute("delayTime", Integer.toString(delay));
      control.setAttribute("transparentColorIndex", "0");
      if (first) {
        loop(root);
        first = false;
      }
      metadata.setFromTree(FORMAT, root);
      writer.writeToSequence(new IIOImage(image, null, metadata), null);
    }

    byte[] finish() throws IOException {
      writer.endWriteSequence();
      out.close();
      writer.dispose();
      return bytes.toByteArray();
    }

    /** The looping extension of Netscape 2.0, which all viewers support. */
    private static void loop(IIOMetadataNode root) {
      IIOMetadataNode extension = new IIOMetadataNode("ApplicationExtension");
      extension.setAttribute("applicationID", "NETSCAPE");
      extension.setAttribute("authenticationCode", "2.0");
      extension.setUserObject(FOREVER);
      child(root, "ApplicationExtensions").appendChild(extension);
    }

    private static IIOMetadataNode child(IIOMetadataNode root, String name) {
      for (int i = 0; i < root.getLength(); i++) {
        if (root.item(i).getNodeName().equals(name)) {
          return (IIOMetadataNode) root.item(i);
        }
      }
      IIOMetadataNode child = new IIOMetadataNode(name);
      root.appendChild(child);
      return child;
    }
  }

  /**
   * The fittest image of one generation, read from a run's files.
   *
   * @param catProbability its p(target)
   * @param edgeIndex empty when no pixel is black
   */
  record RunFrame(
      int generation, double catProbability, OptionalDouble edgeIndex, BlackPixels image) {

    /** Caption lines: generation, p(target), number of pixels and edge index. */
    List<String> captions() {
      String index = edgeIndex.isPresent() ? Decimals.fixed(edgeIndex.getAsDouble(), 3) : "-";
      return List.of(
          "generation " + generation,
          "p(target) " + probability(catProbability),
          image.count() + (image.count() == 1 ? " pixel" : " pixels") + ", E " + index);
    }

    private static String probability(double p) {
      return p >= 0.001 ? Decimals.fixed(p, 3) : Decimals.rounded(p, 2);
    }

    /**
     * Frames for approximately these generations: for each, the generation in which its image first
     * appeared. Generations with the same image share one frame.
     */
    static List<RunFrame> read(
        Path generations, Path history, Canvas canvas, NavigableSet<Integer> wanted)
        throws IOException {
      TreeMap<Integer, BlackPixels> images = images(history, canvas, wanted);
      List<RunFrame> frames = new ArrayList<>();
      GenerationStats.TABLE.scan(
          generations,
          (row, at) -> {
            BlackPixels image = images.get(row.generation());
            if (image != null) {
              frames.add(
                  new RunFrame(row.generation(), row.bestCatProbability(), row.edgeIndex(), image));
            }
          });
      return frames;
    }

    /**
     * The last image that appeared up to each requested generation, by the generation in which it
     * appeared.
     */
    private static TreeMap<Integer, BlackPixels> images(
        Path history, Canvas canvas, NavigableSet<Integer> wanted) throws IOException {
      TreeMap<Integer, BlackPixels> images = new TreeMap<>();
      TreeMap<Integer, BlackPixels> last = new TreeMap<>(Map.of(0, BlackPixels.none(canvas)));
      BestHistory.replay(
          history,
          canvas,
          (generation, image) -> {
            keepIfWanted(images, last, wanted, generation);
            last.clear();
            last.put(generation, image);
          });
      keepIfWanted(images, last, wanted, Integer.MAX_VALUE);
      return images;
    }

    private static void keepIfWanted(
        TreeMap<Integer, BlackPixels> images,
        TreeMap<Integer, BlackPixels> last,
        NavigableSet<Integer> wanted,
        int until) {
      int from = last.firstKey();
      if (from < until && !wanted.subSet(from, until).isEmpty()) {
        images.putAll(last);
      }
    }

    /**
     * 0, {@code last}, and whole numbers between them with about equal ratios; {@code n} at most.
     */
    static NavigableSet<Integer> logSpaced(int last, int n) {
      NavigableSet<Integer> spaced = new TreeSet<>(List.of(0, last));
      for (int i = 0; last > 0 && i < n - 1; i++) {
        spaced.add((int) Math.round(Math.pow(last, i / (n - 2.0))));
      }
      return spaced;
    }
  }
}
