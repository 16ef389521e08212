package org.whisker.chart.file;

import java.awt.Graphics2D;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.whisker.chart.kit.Drawing;
import org.whisker.io.Decimals;

/** SVG with its origin as Dublin Core metadata, and in print with its size in millimetres. */
final class SvgFile {
  private static final Pattern SIZE = Pattern.compile(" (width|height)=\"[^\"]*\"(?=[^>]*>)");
  private static final double MM_PER_UNIT = 25.4 / 96;
  private static final Map<String, String> TERMS =
      Map.of("Software", "creator", "Command", "source", "Seed", "identifier", "Model", "subject");

  private SvgFile() {}

  static byte[] bytes(Page page, Origin origin) {
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
}
