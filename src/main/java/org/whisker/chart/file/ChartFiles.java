package org.whisker.chart.file;

import com.fasterxml.jackson.databind.JsonNode;
import de.rototor.pdfbox.graphics2d.IPdfBoxGraphics2DFontTextDrawer;
import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.AttributedCharacterIterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.graphics.state.RenderingMode;
import org.apache.pdfbox.util.Matrix;
import org.jspecify.annotations.Nullable;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.Ink.Typesetter;
import org.whisker.io.AtomicFiles;
import org.whisker.io.Contained;
import org.whisker.io.Decimals;
import org.whisker.io.Manifest;
import org.whisker.table.ChartRequest;
import org.whisker.table.ChartRequest.ChartFormat;
import org.whisker.value.IoSupplier;

/**
 * Writes charts.
 *
 * @param request formats and width
 * @param origin what the files say of where they come from
 */
public record ChartFiles(ChartRequest request, Origin origin) {
  /** Folders of an image of a run of an experiment of a model lie so far below the manifest. */
  private static final int FARTHEST = 5;

  /** Writes the charts of a folder as its manifest asks, or that of the nearest folder above it. */
  public static ChartFiles of(Path folder) throws IOException {
    JsonNode manifest = manifest(folder);
    return manifest == null
        ? new ChartFiles(ChartRequest.standard(), Origin.unknown())
        : new ChartFiles(ChartRequest.of(manifest), Origin.of(manifest));
  }

  /** Returns these files in other formats, or another width. */
  public ChartFiles with(ChartRequest other) {
    return new ChartFiles(other, origin);
  }

  private static @Nullable JsonNode manifest(Path folder) throws IOException {
    @Nullable Path at = folder.toAbsolutePath().normalize();
    for (int i = 0; i < FARTHEST && at != null; i++) {
      if (Manifest.isIn(at)) {
        return Manifest.read(at);
      }
      at = at.getParent();
    }
    return null;
  }

  /**
   * Draws from the tables of a folder, which anybody may have changed.
   *
   * @throws IOException also when they hold numbers that can't be drawn, or lack some
   */
  public static <T> T ofTables(Path folder, IoSupplier<T> drawing) throws IOException {
    try {
      return drawing.get();
    } catch (IllegalArgumentException
        | ArithmeticException
        | IndexOutOfBoundsException
        | NegativeArraySizeException
        | NoSuchElementException e) {
      throw new IOException(
          "%s has a table that can't be drawn: %s; restore it, or run the command again"
              .formatted(folder, e.getMessage()),
          e);
    }
  }

  /** Writes {@code STEM.png} and so on, a file a format. */
  public void write(Path folder, String stem, Drawing drawing) throws IOException {
    Page page = Page.of(drawing, request.millimetres());
    for (ChartFormat format : request.formats()) {
      Path file = new Contained(folder).resolve(stem + "." + format.extension());
      AtomicFiles.write(file, bytes(page, format));
    }
  }

  /** Writes a chart where there is one to be drawn. */
  public void write(Path folder, String stem, Optional<? extends Drawing> drawing)
      throws IOException {
    if (drawing.isPresent()) {
      write(folder, stem, drawing.get());
    }
  }

  private byte[] bytes(Page page, ChartFormat format) throws IOException {
    return switch (format) {
      case PNG -> png(page, origin);
      case SVG -> svg(page, origin);
      case PDF -> pdf(page, origin);
    };
  }

  private static final Pattern SIZE = Pattern.compile(" (width|height)=\"[^\"]*\"(?=[^>]*>)");
  private static final double MM_PER_UNIT = 25.4 / 96;
  private static final Map<String, String> TERMS =
      Map.of("Software", "creator", "Command", "source", "Seed", "identifier", "Model", "subject");

  /** SVG with its origin as Dublin Core metadata, and in print with its size in millimetres. */
  private static byte[] svg(Page page, Origin origin) {
    String svg = page.printed() ? printed(page) : page.drawing().svg().text();
    int begin = svg.indexOf('>') + 1;
    return (svg.substring(0, begin) + metadata(origin) + svg.substring(begin))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String printed(Page page) {
    String svg = new Centred(page).svg().text();
    int end = svg.indexOf('>');
    String head = SIZE.matcher(svg.substring(0, end + 1)).replaceAll("");
    return "<svg width=\"%s\" height=\"%s\""
            .formatted(mm(page, page.width()), mm(page, page.height()))
        + head.substring("<svg".length())
        + svg.substring(end + 1);
  }

  private static String mm(Page page, double units) {
    return Decimals.fixed(units * page.scale() * MM_PER_UNIT, 2) + "mm";
  }

  private static String metadata(Origin origin) {
    Map<String, String> entries = origin.entries();
    if (entries.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    text.append("<metadata><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"");
    text.append(" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><rdf:Description rdf:about=\"\">");
    entries.forEach(
        (name, value) -> {
          String term = "dc:" + TERMS.get(name);
          String known = term.equals("dc:identifier") ? "seed " + value : value;
          text.append("<%s>%s</%s>".formatted(term, escaped(known), term));
        });
    return text.append("</rdf:Description></rdf:RDF></metadata>").toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** A page as a drawing of its own. */
  private record Centred(Page page) implements Drawing {
    @Override
    public int width() {
      return (int) Math.round(page.width());
    }

    @Override
    public int height() {
      return page.height();
    }

    @Override
    public void paint(Graphics2D g) {
      page.paint(g);
    }
  }

  private static final String FORMAT = "javax_imageio_png_1.0";

  /** Pixels per 1/96 inch: on screens, and in print (600 per inch, as journals ask for lines). */
  private static final int SCREEN = 2;

  private static final double PRINT = 600 / 96.0;
  private static final long PER_METRE = Math.round(600 / 0.0254);

  /** PNG on white, with its origin as text, and in print its size. */
  private static byte[] png(Page page, Origin origin) throws IOException {
    double zoom = page.scale() * (page.printed() ? PRINT : SCREEN);
    BufferedImage image = Drawing.raster(page.width(), page.height(), zoom, page::paint);
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      IIOMetadata metadata =
          writer.getDefaultImageMetadata(
              ImageTypeSpecifier.createFromRenderedImage(image), writer.getDefaultWriteParam());
      metadata.mergeTree(FORMAT, tree(origin.entries(), page.printed()));
      writer.setOutput(out);
      writer.write(new IIOImage(image, null, metadata));
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static IIOMetadataNode tree(Map<String, String> entries, boolean printed) {
    IIOMetadataNode root = new IIOMetadataNode(FORMAT);
    if (printed) {
      root.appendChild(
          node(
              "pHYs",
              Map.of(
                  "pixelsPerUnitXAxis", Long.toString(PER_METRE),
                  "pixelsPerUnitYAxis", Long.toString(PER_METRE),
                  "unitSpecifier", "meter")));
    }
    IIOMetadataNode texts = new IIOMetadataNode("iTXt");
    entries.forEach((name, text) -> texts.appendChild(text(name, text)));
    if (texts.hasChildNodes()) {
      root.appendChild(texts);
    }
    return root;
  }

  private static IIOMetadataNode text(String name, String text) {
    return node(
        "iTXtEntry",
        Map.of(
            "keyword", name,
            "compressionFlag", "FALSE",
            "compressionMethod", "0",
            "languageTag", "",
            "translatedKeyword", "",
            "text", text));
  }

  private static IIOMetadataNode node(String name, Map<String, String> attributes) {
    IIOMetadataNode node = new IIOMetadataNode(name);
    attributes.forEach(node::setAttribute);
    return node;
  }

  private static final float POINTS_PER_UNIT = 72 / 96f;

  /**
   * PDF of one page: vectors, and text in an embedded font. It holds no time, and its id follows
   * from what it shows.
   */
  private static byte[] pdf(Page page, Origin origin) throws IOException {
    float width = (float) page.width();
    float height = page.height();
    float points = (float) (page.scale() * POINTS_PER_UNIT);
    try (PDDocument document = new PDDocument()) {
      PDPage paper = new PDPage(new PDRectangle(width * points, height * points));
      document.addPage(paper);
      Canvas canvas = new Canvas(document, width, height);
      page.paint(canvas);
      canvas.dispose();
      try (PDPageContentStream content = new PDPageContentStream(document, paper)) {
        content.transform(Matrix.getScaleInstance(points, points));
        content.drawForm(canvas.getXFormObject());
      }
      document.setDocumentInformation(information(origin));
      document.setDocumentId((long) origin.hashCode());
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      document.save(out);
      return out.toByteArray();
    }
  }

  private static PDDocumentInformation information(Origin origin) {
    PDDocumentInformation information = new PDDocumentInformation();
    Map<String, String> entries = origin.entries();
    information.setCreator(entries.get("Software"));
    information.setSubject(entries.get("Command"));
    entries.forEach(
        (name, value) -> {
          if (!name.equals("Software")) {
            information.setCustomMetadataValue(name, value);
          }
        });
    return information;
  }

  /** Leaves out what is invisible, such as labels that are set as text over it. */
  private static final class Canvas extends PdfBoxGraphics2D {
    private Canvas(PDDocument document, float width, float height) throws IOException {
      super(document, width, height);
      PdfText text = new PdfText(document);
      setFontTextDrawer(text);
      Ink.prepare(this);
      setRenderingHint(Typesetter.KEY, text);
    }

    @Override
    public void fill(Shape shape) {
      if (getColor() == null || getColor().getAlpha() > 0) {
        super.fill(shape);
      }
    }

    @Override
    public void draw(Shape shape) {
      if (getColor() == null || getColor().getAlpha() > 0) {
        super.draw(shape);
      }
    }
  }

  /**
   * Text in Liberation Sans, which PDFBox brings along; the glyphs that occur are embedded. Bold is
   * the same with a thin line around it.
   */
  private static final class PdfText implements IPdfBoxGraphics2DFontTextDrawer, Typesetter {
    private static final String FONT =
        "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
    private static final float BOLD = 0.032f;
    private static final float EM = 1000;

    private final PDFont font;

    PdfText(PDDocument document) throws IOException {
      try (InputStream file = PDDocument.class.getResourceAsStream(FONT)) {
        if (file == null) {
          throw new IOException("this PDFBox brings no font " + FONT);
        }
        font = PDType0Font.load(document, file, true);
      }
    }

    @Override
    public boolean has(String text) {
      try {
        font.encode(text);
        return true;
      } catch (IllegalArgumentException | IOException e) {
        return false; // a glyph is missing, which is no fault of the text
      }
    }

    @Override
    public double width(String text, Font size) {
      try {
        return font.getStringWidth(text) / EM * size.getSize2D();
      } catch (IOException e) {
        throw new IllegalStateException("a font that was read has no width of " + text, e);
      }
    }

    @Override
    public boolean canDrawText(AttributedCharacterIterator text, IFontTextDrawerEnv on) {
      return true; // only text that it has is set, see Typesetter
    }

    @Override
    public void drawText(AttributedCharacterIterator text, IFontTextDrawerEnv on)
        throws IOException {
      PDPageContentStream content = on.getContentStream();
      float size = on.getFont().getSize2D();
      on.applyPaint(on.getPaint(), new Rectangle());
      content.beginText();
      content.setFont(font, size);
      content.setTextMatrix(Matrix.getScaleInstance(1, -1));
      if (on.getFont().isBold()) {
        content.setRenderingMode(RenderingMode.FILL_STROKE);
        content.setLineWidth(BOLD * size);
      }
      content.showText(string(text));
      if (on.getFont().isBold()) {
        content.setRenderingMode(RenderingMode.FILL);
      }
      content.endText();
    }

    private static String string(AttributedCharacterIterator text) {
      StringBuilder string = new StringBuilder();
      for (char c = text.first(); c != AttributedCharacterIterator.DONE; c = text.next()) {
        string.append(c);
      }
      return string.toString();
    }

    @Override
    public FontMetrics getFontMetrics(Font of, IFontTextDrawerEnv on) {
      return on.getCalculationGraphics().getFontMetrics(of);
    }
  }
}
