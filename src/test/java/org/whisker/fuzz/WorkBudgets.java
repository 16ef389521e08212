package org.whisker.fuzz;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.whisker.command.Errors;
import org.whisker.fuzz.SlowInputs.Processor;
import org.whisker.image.ProgressiveJpeg;
import org.whisker.page.SampleFolder;

/** Files that ask for much more work than they are long. */
public final class WorkBudgets {
  private static final long LIMIT_MS = 20_000;
  private static final int MANY = 1_000_000;
  private static final int LONG = 100_000;
  private static final String FINDINGS = "findings.csv";

  private WorkBudgets() {}

  /**
   * Has each of them read, and says what it took and what was said.
   *
   * @return whether each was read, or refused in a line, in time
   */
  public static boolean run(Path root) throws IOException {
    boolean right = true;
    int count = 0;
    for (Map.Entry<String, byte[]> file : files(root).entrySet()) {
      right &= read(root, file.getKey(), file.getValue());
      count++;
    }
    System.out.printf("%d files%s%n", count, right ? ", each in time" : "; see above");
    return right;
  }

  private static boolean read(Path root, String what, byte[] bytes) throws IOException {
    Decoder decoder = Decoders.of(what.replaceFirst(":.*", ""));
    Path folder = Files.createTempDirectory(root, "budget");
    FolderSeeds.write(decoder, folder);
    List<String> names = decoder.files();
    Path file = folder.resolve(names.contains(FINDINGS) ? FINDINGS : names.get(0));
    Files.createDirectories(file.resolveSibling("."));
    Files.write(file, bytes);
    long begun = Processor.nanos();
    String verdict = verdict(decoder, folder);
    long millis = TimeUnit.NANOSECONDS.toMillis(Processor.nanos() - begun);
    System.out.printf(
        "%s, %,d bytes: %,d ms of a processor, %s%n", what, bytes.length, millis, verdict);
    return millis < LIMIT_MS && !verdict.startsWith("unexpected");
  }

  private static String verdict(Decoder decoder, Path folder) {
    try {
      decoder.reading().of(folder);
      return "read";
    } catch (IOException | RuntimeException e) {
      String line = Errors.of(e).line().replace(folder.toString() + "/", "");
      return line.substring(0, Math.min(100, line.length()));
    } catch (OutOfMemoryError | StackOverflowError e) {
      return "unexpected: " + e;
    }
  }

  /** By the name of the decoder, and what is much. */
  private static Map<String, byte[]> files(Path root) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(
        "picture: 300 scans of 16 megapixels",
        ProgressiveJpeg.withScans(ProgressiveJpeg.of(4_000), 300));
    files.put("picture: a GIF of 65,535 x 65,535", gif(0xFFFF));
    files.put("picture: a PNG of 90 megapixels", png(9_500));
    files.put("csv: a million rows", text("x,y,delta_logit\n" + "1,2,0.5\n".repeat(MANY)));
    files.put("csv: a million columns", text("a,".repeat(MANY) + "\n"));
    files.put(
        "photos: a name of 100,000",
        text("path,label,split\n" + "a".repeat(LONG) + ",cat,train\n"));
    files.put("classes: a million classes", text("a\n".repeat(MANY)));
    files.put("card: 100,000 brackets", text("[".repeat(LONG)));
    files.put("card: an input of 60,000 x 60,000", card(root));
    files.put("manifest: 100,000 braces", text("{\"a\":".repeat(LONG)));
    files.put("spec: aliases of aliases", aliases());
    files.put("spec: a line of a megabyte", text("models: [" + "a, ".repeat(MANY / 3) + "]\n"));
    files.put("tasks: a key of 100,000", text("{\"key\":\"" + "0".repeat(LONG) + "\"}\n"));
    files.put(
        "result: a million tables", text("{\"tables\":{" + "\"a\":\"\",".repeat(MANY) + "}}"));
    files.put("npy: 2^31 values", npy());
    files.put("safetensors: a header of 2^40 bytes", header(1L << 40));
    files.put("module: an entry of 1 GB", bomb());
    files.put("report: 1,500 findings", findings(root, 1_500));
    files.put("report: 100,000 findings", findings(root, LONG));
    files.put("request: 100,000 brackets", text("[".repeat(LONG)));
    return files;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] findings(Path root, int rows) throws IOException {
    Path folder = Files.createTempDirectory(root, "report");
    SampleFolder.write(folder, "a");
    List<String> lines = Files.readAllLines(folder.resolve(FINDINGS));
    return text(lines.get(0) + "\n" + (lines.get(1) + "\n").repeat(rows));
  }

  private static byte[] gif(int side) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY), "gif", bytes);
    byte[] gif = bytes.toByteArray();
    for (int at : new int[] {6, 7, 8, 9}) {
      gif[at] = (byte) side; // of the screen
    }
    int image =
        new String(gif, StandardCharsets.ISO_8859_1)
            .indexOf(',', 13 + 3 * 256); // behind the colours
    for (int at = image + 5; at < image + 9; at++) {
      gif[at] = (byte) side;
    }
    return gif;
  }

  private static byte[] png(int side) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(side, side, BufferedImage.TYPE_BYTE_BINARY), "png", bytes);
    return bytes.toByteArray();
  }

  private static byte[] card(Path root) throws IOException {
    String card =
        new String(
            Seeds.of(Decoders.of("card"), Files.createTempDirectory(root, "card")).get(0),
            StandardCharsets.UTF_8);
    return text(card.replaceAll("(\"(?:width|height)\"\\s*:\\s*)\\d+(?=\\s*[,}])", "$1" + 60_000));
  }

  /** A hundred million items, if each alias were made a list of its own. */
  private static byte[] aliases() {
    StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 8; i++) {
      yaml.append("a%d: &a%1$d [%s*a%d]\n".formatted(i, ("*a" + (i - 1) + ", ").repeat(9), i - 1));
    }
    return text(yaml + "models: *a7\n");
  }

  private static byte[] npy() {
    String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (46341, 46341), }\n";
    ByteBuffer bytes = ByteBuffer.allocate(10 + header.length());
    bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    bytes.put((byte) header.length()).put((byte) 0).put(text(header));
    return bytes.array();
  }

  private static byte[] header(long length) {
    return ByteBuffer.allocate(100).putLong(Long.reverseBytes(length)).array();
  }

  private static byte[] bomb() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("module/code/__torch__.py"));
      byte[] block = new byte[1 << 20];
      for (int i = 0; i < 1 << 10; i++) {
        zip.write(block);
      }
    }
    return bytes.toByteArray();
  }
}
