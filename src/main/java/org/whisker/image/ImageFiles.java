package org.whisker.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jspecify.annotations.Nullable;
import org.whisker.io.AtomicFiles;
import org.whisker.value.Checks;
import org.whisker.value.IoSupplier;
import org.whisker.value.Text;

/** Reads and writes pictures as files. */
public final class ImageFiles {
  private static final float THRESHOLD = 0.5f;

  private ImageFiles() {}

  /**
   * Reads a JPEG, PNG, WebP, BMP or GIF (of several frames the first) as gray: ITU-R 601 luma of
   * the sRGB values, as Pillow's mode L, with transparent pixels over white, and turned as EXIF
   * says, as Pillow's {@code exif_transpose}. Lossy WebP may differ from Pillow's where colours
   * change fast, since the reader repeats their halved rows and columns where Pillow interpolates.
   *
   * @throws IOException if the file is missing, not an image, damaged, or over 100 megapixels; the
   *     message names the file and the remedy
   */
  public static GrayImage readGray(Path file) throws IOException {
    return GrayImage.of(ImageDecoder.read(file, 1));
  }

  /**
   * Reads a picture like {@link #readGray(Path)}, in gray or with its colours: the sRGB values as
   * they are stored. A picture without a coloured pixel is gray all the same.
   *
   * @param planes 1 for gray, 3 for colours
   */
  public static PlanarImage read(Path file, int planes) throws IOException {
    return ImageDecoder.read(file, planes);
  }

  /**
   * Reads the bytes of a picture file like {@link #readGray(Path)}.
   *
   * @param name the name of the picture in messages
   */
  public static GrayImage readGray(String name, byte[] bytes) throws IOException {
    return GrayImage.of(read(name, bytes, 1));
  }

  /** Reads the bytes of a picture file like {@link #read(Path, int)}. */
  public static PlanarImage read(String name, byte[] bytes, int planes) throws IOException {
    return ImageDecoder.read(name, new ByteArrayInputStream(bytes), planes);
  }

  /** Reads a picture; its pixels darker than ½ are the black ones. */
  public static BlackPixels readBlackPixels(Path file) throws IOException {
    GrayImage gray = readGray(file);
    int[] black = new int[gray.canvas().pixels()];
    int count = 0;
    for (int i = 0; i < black.length; i++) {
      if (gray.at(i) < THRESHOLD) {
        black[count++] = i;
      }
    }
    return BlackPixels.of(gray.canvas(), Arrays.copyOf(black, count));
  }

  /**
   * Writes an 8-bit PNG, gray or RGB; values are clamped to 0 to 1 and rounded to 255ths, so black
   * and white come back exactly. The file is written by {@link AtomicFiles}.
   *
   * @throws IllegalArgumentException if a value is NaN
   */
  public static void writePng(Path file, Raster picture) throws IOException {
    writePng(file, picture, 1);
  }

  /** The bytes that {@link #writePng(Path, Raster)} writes. */
  public static byte[] png(Raster picture) throws IOException {
    return bytes(picture, 1);
  }

  /**
   * Writes a picture like {@link #writePng(Path, Raster)}, each pixel drawn as {@code zoom} by
   * {@code zoom} pixels.
   */
  public static void writePng(Path file, Raster picture, int zoom) throws IOException {
    AtomicFiles.write(file, bytes(picture, zoom));
  }

  private static final long MOST_PIXELS = 100_000_000;

  /** 8-bit PNG. */
  private static byte[] bytes(Raster picture, int zoom) throws IOException {
    BufferedImage image = draw(picture, zoom);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(image, "png", out)) {
        throw new IOException("a PNG cannot be written: this Java runtime has no PNG writer");
      }
    }
    return bytes.toByteArray();
  }

  private static BufferedImage draw(Raster picture, int zoom) {
    Canvas canvas = picture.canvas();
    long pixels = (long) canvas.pixels() * zoom * zoom;
    if (zoom < 1 || zoom > 10_000 || pixels > MOST_PIXELS) {
      throw new IllegalArgumentException(
          "zoom must be at least 1 and give at most 100 megapixels, was "
              + (zoom + " for a " + canvas + " picture"));
    }
    float[] values = picture.values();
    int planes = picture.planes();
    int width = canvas.width() * zoom;
    int height = canvas.height() * zoom;
    int type = planes == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR;
    BufferedImage image = new BufferedImage(width, height, type);
    byte[] target = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    for (int i = 0; i < target.length; i++) {
      int pixel = i / planes;
      int plane = planes - 1 - i % planes; // blue lies first
      int x = pixel % width / zoom;
      int y = pixel / width / zoom;
      target[i] = (byte) level(values[plane * canvas.pixels() + canvas.index(x, y)]);
    }
    return image;
  }

  private static int level(float value) {
    Checks.refuse(Float.isNaN(value), "a picture to be written has a value that is NaN");
    return Math.round(Math.min(1f, Math.max(0f, value)) * 255f);
  }

  /** Decodes one picture file through ImageIO; errors are reported in whole sentences. */
  static final class ImageDecoder {
    private static final long MOST_PIXELS = 100_000_000;
    private static final int USUAL_BITS = 32;
    private static final Set<String> FORMATS = Set.of("jpeg", "png", "webp", "bmp", "gif");

    /** Pixels of all scans of a JPEG, some 10 seconds; 20 scans of 100 megapixels. */
    private static final long MOST_SCANNED = 20 * MOST_PIXELS;

    /** A third of the heap; what is being decoded has not become anybody's yet. */
    private static final DecodeMemory MEMORY =
        new DecodeMemory(Runtime.getRuntime().maxMemory() / 3);

    private ImageDecoder() {}

    static PlanarImage read(Path file, int planes) throws IOException {
      if (!Files.isRegularFile(file)) {
        String what = Files.exists(file) ? " is not a file" : " does not exist";
        throw new IOException(
            file + what + "; give the path of a JPEG, PNG, WebP, BMP or GIF image");
      }
      try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file))) {
        return read(file.toString(), bytes, planes);
      }
    }

    /**
     * Reads a picture from its bytes.
     *
     * @param file what messages call it
     * @param planes 1 for gray, 3 for its colours, if it has any
     */
    static PlanarImage read(String file, InputStream bytes, int planes) throws IOException {
      try {
        return decoded(file, bytes, planes);
      } catch (IOException e) {
        String said = String.valueOf(e.getMessage());
        throw said.contains(file)
            ? e // else of the system, such as a disk that is damaged
            : new IOException(file + " could not be read (" + said + "); give another copy", e);
      }
    }

    private static PlanarImage decoded(String file, InputStream bytes, int planes)
        throws IOException {
      try (ImageInputStream in = new MemoryCacheImageInputStream(bytes)) {
        Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
        if (!readers.hasNext()) {
          throw new IOException(file + notRead(in));
        }
        PictureMarks marks = PictureMarks.of(in);
        if (marks.isCut()) {
          throw damaged(file, "it ends early", null);
        }
        ImageReader reader = readers.next();
        String format = reader.getFormatName().toLowerCase(Locale.ROOT);
        if (!FORMATS.contains(format)) {
          throw new IOException(
              file
                  + " is of the format "
                  + format
                  + ", which is not read; convert it to PNG or JPEG");
        }
        try {
          reader.setInput(in, true, true);
          return MEMORY.with(
              file,
              bytes(file, reader, marks, planes),
              () -> stored(decode(file, reader), planes).eachPlane(marks::upright));
        } finally {
          reader.dispose();
        }
      }
    }

    private static PlanarImage stored(BufferedImage image, int planes) {
      return planes == 1 ? Luma.of(image) : Luma.colours(image);
    }

    /** Says what a file is instead of a picture, with the mend. */
    private static String notRead(ImageInputStream in) throws IOException {
      byte[] first = new byte[12];
      int read = in.read(first);
      String text = new String(first, 0, Math.max(0, read), StandardCharsets.ISO_8859_1);
      Optional<String> kind =
          text.startsWith("ftyp", 4)
              ? Optional.of(text.endsWith("avif") ? "an AVIF" : "a HEIC or a video")
              : Optional.empty();
      return kind.map(it -> " is " + it + ", which is not read; convert it to PNG or JPEG")
          .orElse(" is not an image; give a JPEG, PNG, WebP, BMP or GIF file");
    }

    /** What the decoded picture takes, and its values. */
    private static long bytes(String file, ImageReader reader, PictureMarks marks, int planes)
        throws IOException {
      try {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        checkSize(file, width, height);
        checkScans(file, (long) width * height, marks.scans());
        ImageTypeSpecifier type = reader.getRawImageType(0);
        int bits = type == null ? USUAL_BITS : type.getColorModel().getPixelSize();
        int copies = marks.orientation() == 1 ? 1 : 2;
        int each = Math.max(Byte.SIZE, bits) / Byte.SIZE + copies * planes * Float.BYTES;
        return (long) width * height * each;
      } catch (TooLargeException e) {
        throw e;
      } catch (IOException | RuntimeException e) {
        throw damaged(file, e.getMessage(), e);
      }
    }

    private static BufferedImage decode(String file, ImageReader reader) throws IOException {
      Truncation truncation = new Truncation();
      reader.addIIOReadWarningListener(truncation);
      BufferedImage image;
      try {
        image = reader.read(0);
      } catch (IOException | RuntimeException e) {
        // Broken headers surface from the JDK's readers as all kinds of runtime exceptions.
        throw damaged(file, e.getMessage(), e);
      }
      if (truncation.message != null) {
        throw damaged(file, truncation.message, null);
      }
      checkAlpha(file, image);
      return image;
    }

    /** Whoever writes an alpha of 1 for a pixel that is to be seen would get an empty canvas. */
    private static void checkAlpha(String file, BufferedImage image) throws IOException {
      var alpha = image.getAlphaRaster();
      if (alpha == null) {
        return;
      }
      int[] row = new int[image.getWidth()];
      int most = 0;
      for (int y = 0; y < image.getHeight() && most <= 1; y++) {
        alpha.getSamples(alpha.getMinX(), alpha.getMinY() + y, row.length, 1, 0, row);
        most = Math.max(most, Arrays.stream(row).max().orElse(0));
      }
      if (most == 1) {
        int full = (1 << alpha.getSampleModel().getSampleSize(0)) - 1;
        throw new IOException(
            Text.of(
                "%s has no alpha above 1 of %d, and is seen as white; write %d in place of 1, or"
                    + " leave alpha out",
                file, full, full));
      }
    }

    private static void checkSize(String file, int width, int height) throws IOException {
      if ((long) width * height > MOST_PIXELS) {
        throw new TooLargeException(
            file + " is " + width + "x" + height + ", over 100 megapixels; make it smaller first");
      }
    }

    private static void checkScans(String file, long pixels, int scans) throws IOException {
      if (pixels * scans > MOST_SCANNED) {
        throw new TooLargeException(
            Text.of(
                "%s goes over its %,d pixels %,d times, which takes too long; save it again as PNG",
                file, pixels, scans));
      }
    }

    private static IOException damaged(
        String file, @Nullable String reason, @Nullable Exception cause) {
      // what a runtime exception says is for who mends the reader
      boolean told = reason != null && !(cause instanceof RuntimeException);
      String why =
          told ? String.valueOf(reason).lines().findFirst().orElse("") : "it cannot be decoded";
      return new IOException(
          file + " is damaged or of an unusual kind (" + why + "); save it again as PNG", cause);
    }

    private static final class TooLargeException extends IOException {
      private static final long serialVersionUID = 1;

      TooLargeException(String message) {
        super(message);
      }
    }

    /** Notes that a picture is damaged: the JDK's readers go on with gray or black, and warn. */
    private static final class Truncation implements IIOReadWarningListener {
      /**
       * That of the GIF reader, and libjpeg's, but that of a few superfluous bytes, which some
       * cameras write.
       */
      private static final Pattern DAMAGE =
          Pattern.compile(
              "(?i)out-of-sequence code|premature end|truncated|inconsistent"
                  + "|corrupt JPEG data(?!: \\d{1,2} extraneous)");

      private @Nullable String message;

      @Override
      public void warningOccurred(ImageReader source, String warning) {
        if (DAMAGE.matcher(warning).find()) {
          message = warning;
        }
      }
    }

    /**
     * The memory that pictures may take while they are decoded, shared by all threads: a small file
     * can hold a large picture, and several of them at once more than there is.
     */
    static final class DecodeMemory {
      private static final int MIB = 1 << 20;

      private final int most;
      private final Semaphore free;

      /**
       * Lets pictures take this much memory together.
       *
       * @param bytes at least 1 MiB
       */
      DecodeMemory(long bytes) {
        this.most = (int) Math.max(1, Math.min(Integer.MAX_VALUE, bytes / MIB));
        this.free = new Semaphore(most, true);
      }

      /**
       * Does this once there is memory for it.
       *
       * @param bytes the bytes that it takes
       * @throws IOException in one line, when there will never be that much
       */
      <T> T with(String file, long bytes, IoSupplier<T> work) throws IOException {
        int need = (int) Math.min(Integer.MAX_VALUE, 1 + bytes / MIB);
        if (need > most) {
          throw new IOException(
              Text.of(
                      "%s takes %,d MiB once decoded, more than the %,d MiB that there are; make"
                          + " it smaller, or",
                      file, need, most)
                  + " give more with WHISKER_JAVA_OPTS=-Xmx6g");
        }
        free.acquireUninterruptibly(need);
        try {
          return work.get();
        } finally {
          free.release(need);
        }
      }
    }
  }
}
