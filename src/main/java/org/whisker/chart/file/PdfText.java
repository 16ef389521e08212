package org.whisker.chart.file;

import de.rototor.pdfbox.graphics2d.IPdfBoxGraphics2DFontTextDrawer;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Rectangle;
import java.io.IOException;
import java.io.InputStream;
import java.text.AttributedCharacterIterator;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.graphics.state.RenderingMode;
import org.apache.pdfbox.util.Matrix;
import org.whisker.chart.kit.Typesetter;

/**
 * Text in Liberation Sans, which PDFBox brings along; the glyphs that occur are embedded. Bold is
 * the same with a thin line around it.
 */
final class PdfText implements IPdfBoxGraphics2DFontTextDrawer, Typesetter {
  private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
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
  public void drawText(AttributedCharacterIterator text, IFontTextDrawerEnv on) throws IOException {
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
