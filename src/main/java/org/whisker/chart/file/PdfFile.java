package org.whisker.chart.file;

import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import java.awt.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
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
}
