package org.whisker.chart.file;

import de.rototor.pdfbox.graphics2d.IPdfBoxGraphics2DFontTextDrawer;
import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Rectangle;
import java.awt.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.text.AttributedCharacterIterator;
import java.util.Map;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.graphics.state.RenderingMode;
import org.apache.pdfbox.util.Matrix;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.Typesetter;

/**
 * PDF of one page: vectors, and text in an embedded font. It holds no time, and its id follows from
 * what it shows.
 */
final class PdfFile {
  private static final float POINTS_PER_UNIT = 72 / 96f;

  private PdfFile() {}

  static byte[] bytes(Page page, Origin origin) throws IOException {
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
  static final class PdfText implements IPdfBoxGraphics2DFontTextDrawer, Typesetter {
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
